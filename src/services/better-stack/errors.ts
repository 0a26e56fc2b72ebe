import { DropError, isDropError } from '#domain/errors.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import { refusalSchema } from './wire.ts';

/** What an answer means that is no success; undefined for a success. `action` is told to the operator. */
export function refusalOf(response: RawResponse, action: string): DropError | undefined {
  const { status } = response;
  if (status >= 200 && status < 300) return undefined;
  const outcome = status >= 500 ? 'unknown' : 'refused';
  const fail = (code: ConstructorParameters<typeof DropError>[0], text: string): DropError =>
    new DropError(code, { message: `${action}: ${text}`, provider: 'better-stack', outcome });
  if (status === 401 || status === 403)
    return fail('provider_rejected_credentials', 'BetterStack does not accept BETTERSTACK_API_TOKEN');
  if (status === 404)
    return fail('not_found', 'BetterStack does not have it; run `drop monitors plan` again');
  if (status === 422) return fail('provider_refused', `BetterStack does not accept ${fieldsOf(response)}`);
  if (status === 429) return fail('provider_rate_limited', 'BetterStack limits the rate; try again later');
  if (status >= 500) return fail('provider_unavailable', `BetterStack answered ${status}`);
  return fail('provider_invalid_response', `BetterStack answered ${status}`);
}

/** The names of the attributes at fault. Their texts may quote an address, so they are not shown. */
function fieldsOf(response: RawResponse): string {
  try {
    const fields = refusalSchema.parse(response.json()).errors.filter((name) => /^[\w.]{1,60}$/.test(name));
    if (fields.length > 0) return `the attribute ${fields.join(', ')}`;
  } catch {
    // An answer in another form says as much.
  }
  return 'what was sent';
}

/** Whether BetterStack may have carried out a call that ended with `error`. */
export function isOutcomeUnknown(error: unknown): boolean {
  return (
    isDropError(error, 'provider_unavailable', 'provider_timeout', 'provider_invalid_response') &&
    error.details.outcome !== 'not_sent' &&
    error.details.outcome !== 'refused'
  );
}
