import { createHash, randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { Faults } from '#emulation/faults.ts';
import { Refusal, stripeErrors } from './errors.ts';
import { readForm, type Form } from './form.ts';
import { IdempotencyKeys } from './idempotency.ts';

type Answer = (form: Form, id: string) => object;

/** What every request to Stripe goes through: the key, the form, the idempotency key, and the form of answers. */
export class Desk {
  readonly routes = new Hono<EmulatorEnvironment>();
  readonly #faults: Faults;
  readonly #options: { secretKey: string; apiVersion: string };
  readonly #keys = new IdempotencyKeys();

  constructor({ faults }: EmulatorContext, options: { secretKey: string; apiVersion: string }) {
    this.#faults = faults;
    this.#options = options;
    faults.answerWith(stripeErrors);
  }

  post(operation: string, path: string, answer: Answer): void {
    this.routes.post(path, this.#faults.guard(operation), (c) => this.#answered(c, answer));
  }

  get(operation: string, path: string, answer: Answer): void {
    this.routes.get(path, this.#faults.guard(operation), (c) => this.#answered(c, answer));
  }

  /** Answers every other address. */
  refuseOthers(): void {
    this.routes.all('/v1/*', (c) => {
      const { status, body } = new Refusal(404, `Unrecognized request URL (${c.req.method}: ${c.req.path}).`);
      return respond(status, JSON.stringify(body), this.#headersOf(c));
    });
  }

  reset(): void {
    this.#keys.reset();
  }

  async #answered(c: Context<EmulatorEnvironment>, answer: Answer): Promise<Response> {
    const headers = this.#headersOf(c);
    try {
      const isGet = c.req.method === 'GET';
      const text = isGet ? new URL(c.req.url).search.slice(1) : await c.req.text();
      if (c.req.header('authorization') !== `Bearer ${this.#options.secretKey}`)
        throw new Refusal(401, 'Invalid API Key provided.');
      const form = readForm(text);
      if (!form) throw new Refusal(400, 'Invalid request');
      const key = isGet ? undefined : c.req.header('idempotency-key');
      const request = createHash('sha256').update(`${c.req.path}\n${text}`).digest('hex');
      const earlier = key === undefined ? undefined : this.#keys.answerOf(key, request);
      if (earlier) return respond(200, earlier, { ...headers, 'idempotent-replayed': 'true' });
      const body = JSON.stringify(answer(form, c.req.param('id') ?? ''));
      if (key !== undefined) this.#keys.keep(key, { request, body });
      return respond(200, body, headers);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return respond(error.status, JSON.stringify(error.body), headers);
    }
  }

  #headersOf(c: Context<EmulatorEnvironment>): Record<string, string> {
    return {
      'content-type': 'application/json',
      'request-id': `req_${randomBytes(7).toString('hex')}`,
      'stripe-version': c.req.header('stripe-version') ?? this.#options.apiVersion,
    };
  }
}

function respond(status: number, body: string, headers: Record<string, string>): Response {
  return new Response(body, { status, headers });
}
