import type { Clock } from '#domain/clock.ts';
import { untilReaderGone } from './reader-gone.ts';

/** How often a followed list is read. */
const everyMs = 2_000;

export interface Followed<Entry> {
  /** The newest entries, the newest first. */
  read(): Promise<readonly Entry[]>;
  idOf(entry: Entry): string;
  lineOf(entry: Entry): string;
  write(text: string): void;
}

/**
 * Writes the entries of a list, the oldest first, and then each one that is new or whose line has changed, until
 * `signal` is aborted. Rejects when the list cannot be read.
 */
export async function follow<Entry>(
  { read, idOf, lineOf, write }: Followed<Entry>,
  { clock, signal }: { clock: Pick<Clock, 'schedule'>; signal: AbortSignal },
): Promise<void> {
  let known = new Map<string, string>();
  while (!signal.aborted) {
    const entries = (await read()).toReversed();
    const lines = new Map(entries.map((entry) => [idOf(entry), lineOf(entry)]));
    write([...lines].flatMap(([id, line]) => (known.get(id) === line ? [] : [line])).join(''));
    known = lines;
    await pause(clock, signal);
  }
}

async function pause(clock: Pick<Clock, 'schedule'>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const wait = clock.schedule(everyMs, () => resolve(undefined));
  const stop = (): void => resolve(undefined);
  signal.addEventListener('abort', stop, { once: true });
  await promise;
  signal.removeEventListener('abort', stop);
  wait.cancel();
}

/** Aborted by Ctrl-C, when the process is told to end, or when the reader of its output has gone. */
export function untilStopped(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const closed = AbortSignal.any([stopping.signal, untilClosed(process.stdout)]);
  return AbortSignal.any([closed, untilReaderGone(process.stdout.fd, closed)]);
}

/** Aborted by the first write to a pipe whose reader, such as `head`, has closed it. */
export function untilClosed(output: NodeJS.EventEmitter): AbortSignal {
  const closed = new AbortController();
  output.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') closed.abort();
  });
  return closed.signal;
}
