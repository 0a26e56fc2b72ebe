/** The steps that undo a start when the process ends, also when it ends half-way through its start. */
export interface Teardown {
  /** Adds a step; the last one added is the first one done. */
  later(step: (reason: string) => Promise<void>): void;
  /** Does every step once, even when one of them fails; then rejects with the first failure. */
  run(reason: string): Promise<void>;
}

export function createTeardown(): Teardown {
  const steps: ((reason: string) => Promise<void>)[] = [];
  let running: Promise<void> | undefined;

  async function runAll(reason: string): Promise<void> {
    const failures: unknown[] = [];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step(reason);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    later(step) {
      steps.push(step);
    },
    run(reason) {
      running ??= runAll(reason);
      return running;
    },
  };
}
