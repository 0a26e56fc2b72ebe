import { DropError, isDropError } from '#domain/errors.ts';
import { judgeByStatus, judgeExplained, type Judgement } from '#outbound/judge.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import {
  initiationFault,
  refusalError,
  refused,
  unknown,
  verdictByStatus,
  type Verdict,
} from '#services/open-banking/faults.ts';
import { errorSchema } from './wire.ts';

/** The bank needs the customer's consent first; the error names the way to it. */
export const consentRequired = '1426';
/** The bank needs the customer's approval of the payment; the error names the way to it. */
export const authorisationRequired = '1428';

/** The codes that Drop tells apart ("Error codes"); the others are judged by their family. */
const verdicts: Readonly<Record<string, Verdict>> = {
  '1003': refused('account_unknown'),
  '1023': refused('payment_refused_by_bank'),
  [consentRequired]: refused('consent_ended'),
};

/** By code: 1000–1999 are the client's faults, 4000–5999 the bank's. The rest are Neonomics' own. */
type Family = 'client' | 'bank' | 'platform';

function familyOfCode(code: string): Family {
  if (/^1\d{3}$/.test(code)) return 'client';
  return /^[45]\d{3}$/.test(code) ? 'bank' : 'platform';
}

/** The HTTP statuses that Neonomics gave a meaning of its own ("Error Handling"). */
const familyStatuses: Readonly<Record<number, Family>> = { 510: 'client', 520: 'platform', 530: 'bank' };

function familyOf(code: string | undefined, status: number): Family | undefined {
  return code === undefined ? familyStatuses[status] : familyOfCode(code);
}

/** A code decides before the status, as the documentation wants it. */
function verdictOf(code: string | undefined, status: number): Verdict {
  const known = verdicts[code ?? ''];
  if (known) return known;
  switch (familyOf(code, status)) {
    case 'client':
      return refused('provider_refused');
    case 'bank':
    case 'platform':
      return unknown('bank_unavailable');
    case undefined:
      return verdictByStatus(status);
  }
}

interface ReportedError {
  isJson: boolean;
  code: string | undefined;
  id: string | undefined;
}

/** What an answer says of an error; nothing of a page of something in between. */
function errorIn(response: RawResponse): ReportedError {
  try {
    const { data } = errorSchema.safeParse(response.json());
    return { isJson: true, code: data?.errorCode, id: data?.id ?? undefined };
  } catch {
    // The caller gets the reason when it reads the body itself.
    return { isJson: false, code: undefined, id: undefined };
  }
}

export function codeOf(response: RawResponse): string | undefined {
  return errorIn(response).code;
}

/** A refusal as an error. */
export function refusal(response: RawResponse, operation: string): DropError {
  const { code, id } = errorIn(response);
  const verdict = verdictOf(code, response.status);
  const error = refusalError(response, { provider: 'neonomics', operation, providerCode: code, verdict });
  if (id === undefined) return error;
  return new DropError(error.code, {
    ...error.details,
    message: error.message,
    providerRequestId: id,
  });
}

/** For the breaker: a bank that fails closes the way to that bank alone, and a failure of one request to nothing. */
export function judge(response: RawResponse): Judgement {
  const { isJson, code, id } = errorIn(response);
  const isSuccess = response.status >= 200 && response.status < 300;
  if (isSuccess && !isJson && response.body.byteLength > 0) return { failure: 'provider' };
  return { failure: failureOf(response, code), providerCode: code, providerRequestId: id };
}

function failureOf(response: RawResponse, code: string | undefined): Judgement['failure'] {
  switch (familyOf(code, response.status)) {
    case 'client':
      return undefined;
    case 'bank':
      return 'scope';
    case 'platform':
      return code === undefined ? 'provider' : 'request';
    case undefined:
      return (code === undefined ? judgeByStatus(response) : judgeExplained(response)).failure;
  }
}

/** A refusal of a request by Neonomics itself, with a code whose meaning Drop does not know. */
export function isUnexplainedRefusal(error: unknown): boolean {
  if (!isDropError(error, 'provider_refused')) return false;
  const { httpStatus, providerCode } = error.details;
  return httpStatus === 510 && providerCode !== undefined;
}

/**
 * An initiation that may have reached the bank is in doubt. A client's fault is none where status and code agree: 510
 * is not a status of anything in between.
 */
export function asInitiationFault(error: unknown): unknown {
  return isClientFault(error) ? error : initiationFault(error, () => true);
}

function isClientFault(error: unknown): boolean {
  if (!isDropError(error)) return false;
  const { httpStatus, providerCode } = error.details;
  return httpStatus === 510 && providerCode !== undefined && familyOfCode(providerCode) === 'client';
}

/** What fails before the order is handed over: the order was not sent, whatever became of the call. */
export function asNotSent(error: unknown): unknown {
  if (!(error instanceof DropError)) return error;
  const { message, details } = error;
  return new DropError(error.code, { message, cause: error, ...details, outcome: 'not_sent' });
}

/** A status that cannot be read because the bank wants a consent is a status that cannot be read now. */
export function asReadingFault(error: unknown): unknown {
  if (!isDropError(error, 'consent_ended')) return error;
  return new DropError('bank_unavailable', { message: error.message, cause: error, ...error.details });
}

/** A refusal that Neonomics itself explains leaves the payment as it is. */
export function asCancellationFault(error: unknown): unknown {
  if (!(error instanceof DropError) || !isClientFault(error)) return error;
  const { message, details } = error;
  return new DropError('payment_not_cancellable', { message, cause: error, ...details });
}
