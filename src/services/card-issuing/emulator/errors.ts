import { jsonError, type ProviderErrors } from '#emulation/error-bodies.ts';

/** Stripe's error types by status. Source: docs.stripe.com/api/errors. */
const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'invalid_request_error',
  404: 'invalid_request_error',
  409: 'idempotency_error',
  429: 'invalid_request_error',
};

/** Stripe's errors, for faults that are injected. */
export const stripeErrors: ProviderErrors = {
  codes: { rate_limit: 429, resource_missing: 404, parameter_invalid_empty: 400 },
  errorBody(status, code) {
    const type = types[status] ?? 'api_error';
    return jsonError({ error: { type, ...(code !== undefined && { code }), message: 'An injected fault.' } });
  },
};

/** A refusal in Stripe's form. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, message: string, { type, ...more }: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.body = { error: { type: type ?? types[status] ?? 'api_error', message, ...more } };
  }
}

export function missing(param: string): Refusal {
  const more = { code: 'parameter_missing', param };
  return new Refusal(400, `Missing required param: ${param}.`, more);
}

export function invalid(param: string, message: string): Refusal {
  return new Refusal(400, message, { param });
}

export function notThere(what: string, id: string): Refusal {
  return new Refusal(404, `No such ${what}: '${id}'`, { code: 'resource_missing', param: 'id' });
}
