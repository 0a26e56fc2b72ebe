import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';

/**
 * Aborted when the pipe `fd` has lost its reader, also while nothing is written to it. Node polls a pipe only while it
 * writes, so GNU's `tail`, which ends by SIGPIPE then, watches the same pipe; it ends with this process, or at `stop`.
 * Never aborted for what is no pipe, and where `tail` cannot do that.
 */
export function untilReaderGone(fd: number, stop: AbortSignal): AbortSignal {
  const gone = new AbortController();
  if (!fstatSync(fd).isFIFO()) return gone.signal;
  const watching = ['-f', `--pid=${process.pid}`, '/dev/null'];
  const tail = spawn('tail', watching, { stdio: ['ignore', fd, 'ignore'], signal: stop });
  // There may be no `tail`; and it is aborted by `stop`.
  tail.once('error', () => undefined);
  tail.once('exit', (_code, signal) => {
    if (signal === 'SIGPIPE') gone.abort();
  });
  tail.unref();
  return gone.signal;
}
