import type { Detection } from './detection.ts';

/** The last line of a child process's output. */
export function tell(detection: Detection | undefined): void {
  process.stdout.write(`\n${JSON.stringify(detection ?? null)}\n`);
}
