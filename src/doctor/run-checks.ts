import type { Clock } from '#domain/clock.ts';
import { isDropError, type DropError, type ErrorCode } from '#domain/errors.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { failed, type Check, type Finding } from './finding.ts';
import { tlsFaultIn } from './tls-fault.ts';

/** Each check ends within this time; all are carried out at once. */
export const checkMsMax = 10_000;

export interface RunOptions {
  clock: Clock;
  /** Told after each check. */
  onDone?: ((done: number, total: number) => void) | undefined;
}

/** Carries out all checks at once. Does not reject; the findings are in the order of the checks. */
export async function runChecks(
  checks: readonly Check[],
  { clock, onDone }: RunOptions,
): Promise<readonly Finding[]> {
  let done = 0;
  const found = await Promise.all(
    checks.map(async (check) => {
      const findings = await inTime(check, clock);
      done += 1;
      onDone?.(done, checks.length);
      return findings;
    }),
  );
  return found.flat();
}

async function inTime(check: Check, clock: Clock): Promise<readonly Finding[]> {
  const { area, subject } = check;
  const abort = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<readonly Finding[]>();
  const limit = clock.schedule(
    checkMsMax,
    () => {
      resolve([{ area, subject, ...failed(`no answer within ${checkMsMax / 1_000} s`, unanswered) }]);
      abort.abort();
    },
    { keepsAlive: true },
  );
  const run = withDeadline(checkMsMax, clock, async () => check.run(abort.signal)).catch((error: unknown) => [
    { area, subject, ...failed(textOf(error), adviceOf(error)) },
  ]);
  return Promise.race([run, late]).finally(() => limit.cancel());
}

const unanswered = 'check the name, the network, and the proxy or firewall on the way';

const wrongAddress = 'check that the address is the right one, and look at the changes of the API';

const advices: Partial<Record<ErrorCode, string>> = {
  provider_rejected_credentials: 'compare the credentials and certificates with the registration there',
  provider_rate_limited: 'try again in a minute',
  bank_rate_limited: 'try again in a minute',
  provider_invalid_response: wrongAddress,
  configuration_invalid: 'correct the variable (docs/configuration.md)',
  internal_error: 'this is a fault of Drop: report it with this text',
};

/** The advice by status, which the code of an error may hide: a service is unavailable for many reasons. */
const advicesByStatus: Partial<Record<number, string>> = {
  401: advices.provider_rejected_credentials,
  403: advices.provider_rejected_credentials,
  429: advices.provider_rate_limited,
};

function adviceOf(error: unknown): string {
  if (!isDropError(error)) return unanswered;
  const { code, details } = wireErrorOf(error);
  const { httpStatus = 0 } = details;
  const isStranger = httpStatus >= 200 && httpStatus < 400;
  const byStatus = isStranger ? wrongAddress : advicesByStatus[httpStatus];
  return tlsFaultIn(error)?.advice ?? advices[code] ?? byStatus ?? unanswered;
}

/** The innermost error of Drop's, which is that of the call: an error of a service may only say that it is away. */
function wireErrorOf(error: DropError): DropError {
  return isDropError(error.cause) ? wireErrorOf(error.cause) : error;
}

/** Errors of Drop are made for the log; the message of any other may hold what it is about. */
function textOf(error: unknown): string {
  if (isDropError(error)) return wireErrorOf(error).message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const name = error instanceof Error ? error.name : 'an unknown error';
  return `it could not be checked: ${/^[A-Z][A-Z\d_]+$/.test(code) ? code : name}`;
}
