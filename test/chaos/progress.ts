export interface Progress {
  step(): void;
  say(text: string): void;
}

const saidOf = 20;

/** Says how far a long run has come, twenty times in all, and how long it has taken. */
export function progressOf({ isShown, count }: { isShown: boolean; count: number }): Progress {
  const startMs = performance.now();
  const saidEvery = Math.max(1, Math.floor(count / saidOf));
  let steps = 0;
  function say(text: string): void {
    if (isShown) process.stdout.write(`${Math.round((performance.now() - startMs) / 1_000)} s: ${text}\n`);
  }
  return {
    say,
    step() {
      steps += 1;
      if (steps % saidEvery === 0) say(`${steps} of ${count}`);
    },
  };
}
