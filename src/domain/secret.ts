import { inspect } from 'node:util';

const redacted = '[redacted]';

/**
 * A value that must not be disclosed by accident: a national identity number, a token, a key. Printing, logging or
 * serialising it gives `[redacted]`; only `reveal` returns the value, so every use is easy to find.
 */
export class Secret<T extends string | Uint8Array = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
