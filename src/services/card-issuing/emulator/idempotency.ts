import { Refusal } from './errors.ts';

interface Answered {
  /** A digest of the request. */
  request: string;
  body: string;
}

const keyLengthMax = 255;

/** The answers of requests with an `Idempotency-Key`. Source: docs.stripe.com/api/idempotent_requests. */
export class IdempotencyKeys {
  readonly #answered = new Map<string, Answered>();

  /**
   * The answer of the first request with the key, or undefined.
   *
   * @throws {Refusal} 400 for a key that is too long, or that another request used.
   */
  answerOf(key: string, request: string): string | undefined {
    if (key.length > keyLengthMax)
      throw new Refusal(400, `Idempotency key cannot exceed ${keyLengthMax} characters.`);
    const answered = this.#answered.get(key);
    if (answered && answered.request !== request)
      throw new Refusal(400, 'Keys for idempotent requests can only be used with the same parameters.', {
        type: 'idempotency_error',
      });
    return answered?.body;
  }

  keep(key: string, answered: Answered): void {
    this.#answered.set(key, answered);
  }

  reset(): void {
    this.#answered.clear();
  }
}
