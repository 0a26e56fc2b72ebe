import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Agent, request, type Dispatcher } from 'undici';
import type { Fleet } from './fleet.ts';

export interface Balancer {
  origin: string;
  /** How many requests were sent again, since their process was killed at them. */
  readonly repeated: number;
  /** Whether webhooks are acknowledged and lost. */
  dropsWebhooks: boolean;
  /** How many were. */
  readonly dropped: number;
  serve(fleet: Fleet): void;
  close(): Promise<void>;
}

/** Not passed on: they are about one connection. */
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect']);
const processesMax = 10;
const webhookPath = '/api/openbanking/webhook/';

/**
 * The one address of many processes. A customer's request whose process is killed is sent to another one as it was,
 * with its idempotency key. A webhook is not: its sender has to send it again.
 */
export async function startBalancer(random: () => number): Promise<Balancer> {
  const serving = Promise.withResolvers<Fleet>();
  const dispatcher = new Agent({ keepAliveTimeout: 1 });
  let [repeated, dropped, dropsWebhooks] = [0, 0, false];

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const fleet = await serving.promise;
    const { url = '/' } = incoming;
    const isWebhook = url.startsWith(webhookPath);
    if (isWebhook && dropsWebhooks) {
      dropped += 1;
      return void outgoing.end();
    }
    const tries = isWebhook ? 1 : processesMax;
    for (let left = tries; left > 0; left -= 1) {
      const origin = new URL(await fleet.address(random())).origin;
      if (await passOn(`${origin}${url}`, { incoming, body, dispatcher }, outgoing)) return;
      repeated += 1;
    }
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end();
  }

  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    get repeated() {
      return repeated;
    },
    get dropped() {
      return dropped;
    },
    get dropsWebhooks() {
      return dropsWebhooks;
    },
    set dropsWebhooks(isOn) {
      dropsWebhooks = isOn;
    },
    serve: serving.resolve,
    async close() {
      server.closeAllConnections();
      server.close();
      await dispatcher.destroy();
    },
  };
}

interface Passed {
  incoming: IncomingMessage;
  body: Buffer;
  dispatcher: Dispatcher;
}

/** False when there was no whole answer. A stream is passed on as it comes. */
async function passOn(
  address: string,
  { incoming, body, dispatcher }: Passed,
  outgoing: ServerResponse,
): Promise<boolean> {
  try {
    const answer = await request(address, {
      dispatcher,
      method: incoming.method ?? 'GET',
      headers: withoutConnection(incoming.headers),
      body: body.length > 0 ? body : null,
    });
    const isStream = answer.headers['content-type']?.includes('text/event-stream') === true;
    const whole = isStream ? undefined : Buffer.from(await answer.body.arrayBuffer());
    outgoing.writeHead(answer.statusCode, withoutConnection(answer.headers));
    if (whole) outgoing.end(whole);
    else answer.body.on('error', () => outgoing.destroy()).pipe(outgoing);
    return true;
  } catch {
    return false;
  }
}

const withoutConnection = (headers: IncomingMessage['headers']): IncomingMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name)));
