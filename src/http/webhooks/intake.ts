import type { IncomingMessage, ServerResponse } from 'node:http';
import { webhookBytesMax } from '#inbox/receive.ts';
import type { WebhookHeaders } from '#inbox/webhook-source.ts';
import type { Intake } from '../listen.ts';
import { readIncomingBody } from '../raw-body.ts';
import { createWebhookRouting, type WebhookRoute } from './routing.ts';
import {
  createWebhookTakeIn,
  type ArrivingWebhook,
  type WebhookAnswer,
  type WebhookDependencies,
} from './take-in.ts';

/**
 * Node's fast path for webhooks, in front of the app's route. Webhooks come in floods, and to make a `Request` and a
 * `Response` of each costs more than everything else that a webhook needs (docs/decisions/0011).
 */
export function createWebhookIntake(dependencies: WebhookDependencies): Intake {
  const routeOf = createWebhookRouting(dependencies);
  const takeIn = createWebhookTakeIn(dependencies);
  return (incoming, outgoing) => {
    if (incoming.method !== 'POST') return false;
    const target = originForm(incoming.url);
    const found = routeOf(withoutQuery(target));
    if (!found) return false;
    takeIn(new NodeWebhook(found, target, { incoming, outgoing }));
    return true;
  };
}

class NodeWebhook implements ArrivingWebhook {
  readonly found: WebhookRoute;
  readonly method = 'POST';
  readonly path: string;
  readonly headers: WebhookHeaders;
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;

  constructor(
    found: WebhookRoute,
    path: string,
    exchange: { incoming: IncomingMessage; outgoing: ServerResponse },
  ) {
    this.found = found;
    this.path = path;
    this.headers = headersOf(exchange.incoming);
    this.#incoming = exchange.incoming;
    this.#outgoing = exchange.outgoing;
  }

  readBody(): Promise<Uint8Array> {
    return readIncomingBody(this.#incoming, webhookBytesMax);
  }

  answer({ status, headers, body }: WebhookAnswer): void {
    this.#outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    this.#outgoing.end(body);
  }
}

/** A target may also be a whole address, as it is sent to a proxy (RFC 9112, 3.2.2). */
function originForm(target = '/'): string {
  return target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
}

function withoutQuery(target: string): string {
  const at = target.indexOf('?');
  return at < 0 ? target : target.slice(0, at);
}

function headersOf({ headers }: IncomingMessage): WebhookHeaders {
  return {
    get(name) {
      const value = headers[name];
      return typeof value === 'string' ? value : null;
    },
  };
}
