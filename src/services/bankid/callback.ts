import { authorizationError, stateMismatch } from './errors.ts';
import type { SignInTransaction } from './service.ts';

const valueLengthMax = 4_096;
const known = ['code', 'state', 'iss', 'error', 'error_description'];

/**
 * Checks the callback's query before anything is sent: each parameter occurs once and is not too long, the state is
 * that of this transaction, the answer is not from another issuer (RFC 9207), and there is no error. Pure. Returns the
 * code.
 *
 * @throws {DropError} `sign_in_state_mismatch`, or the error that the issuer's `error` maps to.
 */
export function judgeCallback(
  parameters: URLSearchParams,
  transaction: SignInTransaction,
  issuer: string,
): string {
  for (const name of known) {
    const values = parameters.getAll(name);
    if (values.length > 1) throw stateMismatch(`the callback gives ${name} more than once`);
    if ((values[0]?.length ?? 0) > valueLengthMax) throw stateMismatch(`the callback's ${name} is too long`);
  }
  const state = parameters.get('state');
  if (!state || state !== transaction.state)
    throw stateMismatch('the callback does not belong to this sign-in');
  const iss = parameters.get('iss');
  if (iss !== null && iss !== issuer) throw stateMismatch('the callback is from another issuer');
  const error = parameters.get('error');
  if (error) throw authorizationError(error, parameters.get('error_description'));
  const code = parameters.get('code');
  if (!code) throw stateMismatch('the callback has no code');
  return code;
}
