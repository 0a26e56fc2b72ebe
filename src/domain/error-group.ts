import { createHash } from 'node:crypto';

/** One error that was logged. Everything in it is redacted. */
export interface LoggedError {
  /** What the log says of it, the same for all errors of one place. */
  title: string;
  name: string;
  message: string;
  /** Drop's code, or the system's. */
  code: string | undefined;
  /** The frames, the innermost first: `at handOver (file:///…/src/usecases/payments/hand-over.ts:54:9)`. */
  stack: readonly string[];
  /** What it was about: ids of the request, the trace, the payment. */
  about: Readonly<Record<string, string>>;
}

/** Errors of one cause, as far as their place tells. */
export interface ErrorGroup {
  fingerprint: string;
  /** The innermost function of Drop's own in the stack, with its file; empty without one. */
  place: string;
}

const ownFrame =
  /at (?:async )?(?:(?<name>[^ (]+) \()?(?:file:\/\/)?\/.*?\/(?<file>(?:src|bin)\/[^:]+):\d+:\d+/;

/**
 * The group of an error: by its title, its name, its code and the function of Drop's that it comes from. Lines and
 * messages are left out, because they change with each release and each request.
 */
export function groupOf({ title, name, code, stack }: LoggedError): ErrorGroup {
  const place = placeOf(stack);
  const text = [title, name, code ?? '', place].join('\n');
  return { fingerprint: createHash('sha256').update(text).digest('hex').slice(0, 32), place };
}

function placeOf(stack: readonly string[]): string {
  for (const frame of stack) {
    if (frame.includes('/node_modules/')) continue;
    const { name, file } = ownFrame.exec(frame)?.groups ?? {};
    if (file !== undefined) return name === undefined ? file : `${name} in ${file}`;
  }
  return '';
}
