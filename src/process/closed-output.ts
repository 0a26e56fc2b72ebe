let isSurvived = false;

/**
 * Lets the process outlive the readers of its standard output and error: what it writes after they are gone is lost.
 * Without a listener, the first such write would end it. Pipes do not block from then on, because Node has opened them.
 */
export function surviveClosedOutput(): void {
  if (isSurvived) return;
  isSurvived = true;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
