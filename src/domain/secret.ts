import { inspect } from 'node:util';

const redacted = '[redacted]';

/**
 * A value that must not be shown by accident: a national identity number, a token, a key. Printing, logging or
 * serialising it gives `[redacted]`; the value itself comes out only through `reveal`, which is easy to search for.
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
