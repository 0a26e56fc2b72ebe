import { DropError, isDropError } from '#domain/errors.ts';
import type { SealedPlace } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import type { IdentityNeed, OpenBankingProvider } from '#services/open-banking/service.ts';
import type { UseCaseContext } from '../context.ts';

/** What Drop knows of the customer of a request. The number is there only while a live provider needs it. */
export interface CustomerIdentity {
  name: string;
  nationalIdentityNumber?: Secret | undefined;
}

type Needs = Pick<OpenBankingProvider, 'needsIdentity' | 'mayNeedIdentity'>;

/** What any of `providers` needs, or may need, to know of a customer. */
export function identityNeeds(providers: readonly Needs[]): ReadonlySet<IdentityNeed> {
  return new Set(
    providers.flatMap(({ needsIdentity = [], mayNeedIdentity = [] }) => [
      ...needsIdentity,
      ...mayNeedIdentity,
    ]),
  );
}

/**
 * The customer's number for the customer's own browser to keep until the session ends, encrypted and bound to the
 * session; undefined where `needs` does not name it. Drop itself keeps the number nowhere.
 */
export function sealedNumber(
  { sealer }: Pick<UseCaseContext, 'sealer'>,
  needs: ReadonlySet<IdentityNeed>,
  { sessionId, number }: { sessionId: string; number: Secret },
): string | undefined {
  if (!needs.has('national_identity_number')) return undefined;
  return sealer.seal(number.reveal(), placeOf(sessionId));
}

/** The number that was sealed for the session; undefined for what belongs to another session or was changed. */
export function openedNumber(
  { sealer }: Pick<UseCaseContext, 'sealer'>,
  { sessionId, sealed }: { sessionId: string; sealed: string },
): Secret | undefined {
  try {
    return new Secret(sealer.open(sealed, placeOf(sessionId)));
  } catch (error) {
    if (isDropError(error)) return undefined;
    throw error;
  }
}

/** A cookie is bound like a column of a table that the database does not have. */
function placeOf(sessionId: string): SealedPlace {
  return { table: 'cookie', column: 'national_identity_number', row: sessionId };
}

/**
 * What of the customer's identity `provider` is told: what it declares that it needs or may need, and undefined where
 * that is nothing.
 *
 * @throws {DropError} `national_id_required` (`not_sent`) when it needs the number and the request does not have it.
 */
export function identityFor(
  provider: OpenBankingProvider,
  { name, nationalIdentityNumber }: CustomerIdentity,
): CustomerIdentity | undefined {
  const told = identityNeeds([provider]);
  if (told.size === 0) return undefined;
  if (!told.has('national_identity_number')) return { name };
  if (nationalIdentityNumber) return { name, nationalIdentityNumber };
  if (provider.needsIdentity?.includes('national_identity_number') !== true) return { name };
  const message = `${provider.id} needs the national identity number, which the session does not have`;
  throw new DropError('national_id_required', { message, outcome: 'not_sent' });
}
