import { createHash } from 'node:crypto';
import type { Unanswered } from './unanswered.ts';

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
  /** The service that did not answer, where that is the error. */
  unanswered?: Unanswered | undefined;
  /** Whether an alert of its own comes with the error. */
  hasAlert?: boolean | undefined;
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
 * Codes of a connection that fails, and of a PostgreSQL that ends one or takes none. Errors of providers have codes of
 * Drop's, so these are of the database.
 *
 * Source: PostgreSQL, appendix A "PostgreSQL Error Codes", classes 08, 53 and 57.
 */
const databaseIsAway = new RegExp(
  [
    '^(?:E(?:CONNREFUSED|CONNRESET|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)',
    '08[0-9A-Z]{3}|53300|57P0[1-5]|database_unavailable)$',
  ].join('|'),
);

/**
 * The group of an error: by its title, its name, its code and the function of Drop's that it comes from. Lines and
 * messages are left out, because they change with each release and each request. What fails because the database is
 * away is one group, since an outage reaches every query at once. What fails because a provider does not answer is a
 * group of that provider's.
 */
export function groupOf({ title, name, code, stack, unanswered }: LoggedError): ErrorGroup {
  if (isDatabaseAway(code)) return groupNamed(['the database is away'], '');
  const place = placeOf(stack);
  return groupNamed([title, name, code ?? '', place, ...(unanswered ? [unanswered.provider] : [])], place);
}

/** Whether an error with this code says that the database is away. */
export function isDatabaseAway(code: string | undefined): boolean {
  return code !== undefined && databaseIsAway.test(code);
}

function groupNamed(parts: readonly string[], place: string): ErrorGroup {
  return { fingerprint: createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32), place };
}

function placeOf(stack: readonly string[]): string {
  for (const frame of stack) {
    if (frame.includes('/node_modules/')) continue;
    const { name, file } = ownFrame.exec(frame)?.groups ?? {};
    if (file !== undefined) return name === undefined ? file : `${name} in ${file}`;
  }
  return '';
}
