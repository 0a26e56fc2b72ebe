import { isDropError } from '#domain/errors.ts';
import type { LoggedError } from '#domain/error-group.ts';
import { redactText } from '#domain/redaction.ts';
import { unansweredBy } from '#domain/unanswered.ts';
import type { Log } from '#usecases/context.ts';
import { stackOf } from './shown-details.ts';

/** What of the details of a line says what the error is about. */
const ids = [
  'requestId',
  'traceId',
  'paymentId',
  'userId',
  'connectionId',
  'job',
  'provider',
  'bank',
  'operation',
];

/**
 * Writes to `log`, and passes on the errors among its lines. A line names in `alert` the alert that comes with it.
 * `record` must not throw.
 */
export function trackedLog(log: Log, record: (error: LoggedError) => void): Log {
  return (level, message, details) => {
    log(level, message, details);
    if (level === 'error') record(errorOf(message, details ?? {}));
  };
}

/** A line without an error is an error of its own. */
function errorOf(title: string, details: Readonly<Record<string, unknown>>): LoggedError {
  const { error } = details;
  const hasAlert = details['alert'] !== undefined;
  const known: Readonly<Record<string, unknown>> = {
    ...(isDropError(error) ? error.details : {}),
    ...details,
  };
  const about = Object.fromEntries(
    ids.flatMap((name) => (typeof known[name] === 'string' ? [[name, known[name]]] : [])),
  );
  if (!(error instanceof Error)) {
    const code = typeof details['code'] === 'string' ? details['code'] : undefined;
    return {
      title: withoutIds(title),
      name: 'Error',
      message: redactText(title),
      code,
      stack: [],
      about,
      hasAlert,
    };
  }
  const found = causeOf(error);
  const code = 'code' in found && typeof found.code === 'string' ? found.code : undefined;
  const message = redactText(found.message).replaceAll(/\s+/g, ' ').slice(0, messageLengthMax);
  const unanswered = unansweredBy(error);
  const told = { ...(unanswered && { unanswered }), hasAlert };
  return { title: withoutIds(title), name: found.name, message, code, stack: stackOf(found), about, ...told };
}

/** What no code expected is wrapped where the request ends, which is the same place for all. */
function causeOf(error: Error): Error {
  return isDropError(error, 'internal_error') && error.cause instanceof Error ? error.cause : error;
}

const messageLengthMax = 1_000;

/** What differs from line to line would make a group of each. A mark stands for it, as another number would mislead. */
function withoutIds(title: string): string {
  return redactText(title)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '…')
    .slice(0, messageLengthMax);
}
