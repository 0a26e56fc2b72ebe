/** Does work of many callers one after the other, in the order in which they came. */
export class OneAtATime {
  #before: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as `work` does, whatever became of the work before it. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#before.then(work);
    this.#before = done.catch(() => undefined);
    return done;
  }
}
