import type { Found } from './forms.ts';

/** What is found although all is well: where, what, how, and why it may be there. */
export interface Exception {
  sink: string;
  canary: string;
  form: RegExp;
  reason: string;
}

/** Exceptions that remember whether they were needed. */
export class Exceptions {
  readonly #exceptions: readonly Exception[];
  readonly #needed = new Set<Exception>();

  constructor(exceptions: readonly Exception[]) {
    this.#exceptions = exceptions;
  }

  /** What of `found` none of them excuses. */
  unexcused(found: readonly Found[]): Found[] {
    return found.filter(({ sink, canary, form }) => {
      const exception = this.#exceptions.find(
        (each) => each.sink === sink && each.canary === canary && each.form.test(form),
      );
      if (exception) this.#needed.add(exception);
      return exception === undefined;
    });
  }

  unneeded(): Exception[] {
    return this.#exceptions.filter((exception) => !this.#needed.has(exception));
  }
}
