import { createHash, sign } from 'node:crypto';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { EmulatorKeys } from './keys.ts';

/** Docs, "Acknowledgement of Webhooks". */
const acknowledgements = new Set([102, 200, 201, 202, 204]);
/** When a webhook that was not acknowledged is sent again; then it is given up. */
const retryDelaysMs = [1_000, 5_000, 30_000, 120_000, 600_000];
const rememberedMax = 100;

interface Delivery {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Signs webhooks and sends them, with the mischief of real networks on demand. */
export interface WebhookQueue {
  send(url: string, body: Record<string, unknown>): void;
  /** Keeps webhooks back until `release`, which sends them one after the other, in their order or the reverse. */
  hold(): void;
  release(order: 'sent' | 'reversed'): number;
  /** Sends the next webhook this many times more. */
  duplicate(times: number): void;
  /** Spoils the body of the next webhook after it was signed. */
  corrupt(): void;
  /** Sends everything again that was sent before; how many. */
  replay(): number;
  state(): { held: number; sent: number; isHolding: boolean };
  reset(): void;
}

export function createWebhookQueue(context: EmulatorContext, keys: EmulatorKeys): WebhookQueue {
  let held: Delivery[] = [];
  let sent: Delivery[] = [];
  let isHolding = false;
  let extraCopies = 0;
  let corruptNext = false;
  let generation = 0;

  async function attempt(delivery: Delivery, number: number, born: number): Promise<void> {
    if (born !== generation) return;
    const status = await context.deliver(delivery);
    const retryMs = retryDelaysMs[number];
    if ((status !== undefined && acknowledgements.has(status)) || retryMs === undefined) return;
    context.clock.schedule(retryMs, () => start(delivery, number + 1, born));
  }

  function start(delivery: Delivery, number = 0, born = generation): void {
    // `deliver` does not reject, hence neither does an attempt.
    void attempt(delivery, number, born);
  }

  function dispatch(delivery: Delivery): void {
    sent = [...sent.slice(1 - rememberedMax), delivery];
    start(delivery);
  }

  async function inTurn(deliveries: readonly Delivery[], born: number): Promise<void> {
    sent = [...sent, ...deliveries].slice(-rememberedMax);
    for (const delivery of deliveries) await attempt(delivery, 0, born);
  }

  return {
    send(url, body) {
      const delivery = signed(url, JSON.stringify(body), { context, keys });
      const final = corruptNext ? { ...delivery, body: `${delivery.body} ` } : delivery;
      const copies = Array.from({ length: 1 + extraCopies }, () => final);
      extraCopies = 0;
      corruptNext = false;
      if (isHolding) held.push(...copies);
      else copies.forEach(dispatch);
    },
    hold() {
      isHolding = true;
    },
    release(order) {
      const waiting = order === 'sent' ? held : held.toReversed();
      isHolding = false;
      held = [];
      void inTurn(waiting, generation);
      return waiting.length;
    },
    duplicate(times) {
      extraCopies = times;
    },
    corrupt() {
      corruptNext = true;
    },
    replay() {
      sent.forEach((delivery) => start(delivery));
      return sent.length;
    },
    state: () => ({ held: held.length, sent: sent.length, isHolding }),
    reset() {
      generation += 1;
      held = [];
      sent = [];
      isHolding = false;
      extraCopies = 0;
      corruptNext = false;
    },
  };
}

/** A JSON Web Token over the body, in the Authorization header (docs, "Authorisation of Webhooks"). */
function signed(
  url: string,
  body: string,
  { context, keys }: { context: EmulatorContext; keys: EmulatorKeys },
): Delivery {
  const digest = createHash('sha256').update(body).digest('base64');
  const header = { alg: 'RS256', typ: 'JWT', x5u: `${context.origin}/certs/webhooks.pem` };
  const payload = { sub: keys.applicationId, environment: 'SANDBOX', msgi: `sha256-${digest}` };
  const signingInput = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(signingInput), keys.webhookKey().privateKey).toString(
    'base64url',
  );
  return {
    url,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${signingInput}.${signature}` },
    body,
  };
}
