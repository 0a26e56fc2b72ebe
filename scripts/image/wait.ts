import { setTimeout as pause } from 'node:timers/promises';

const attemptsMax = 100;
const pauseMs = 200;

/**
 * Asks until the answer is yes.
 *
 * @throws after twenty seconds, naming `what`.
 */
export async function waitFor(what: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    if (await isThere()) return;
    await pause(pauseMs);
  }
  throw new Error(`${what} was not there within twenty seconds`);
}
