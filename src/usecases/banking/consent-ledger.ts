import {
  consentStatusAt,
  isRenewable,
  type ConsentEndCause,
  type ConsentStatus,
} from '#domain/banking/consent.ts';
import { unattendedReadsMs } from '#domain/banking/unattended-reads.ts';
import {
  readConsentLedger,
  readLedgerAccounts,
  type LedgerAccount,
  type LedgerConsent,
} from '#store/consent-ledger.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';

const pageMax = 20;

/** A consent as its customer sees it. */
export interface ShownConsent extends Omit<LedgerConsent, 'endCause' | 'isFollowed'> {
  status: ConsentStatus;
  endCause: ConsentEndCause | null;
  accounts: LedgerAccount[];
  /** Whether a new consent can take its place now. */
  isRenewable: boolean;
}

export interface ConsentPage {
  consents: ShownConsent[];
  /** Where the next page begins; undefined after the last one. */
  nextCursor: string | undefined;
}

/** A page of the consents that a customer has given, those in force first. */
export async function consentsOf(
  { store, clock }: UseCaseContext,
  { id: userId }: Pick<User, 'id'>,
  cursor: string | undefined,
): Promise<ConsentPage> {
  const now = clock.now();
  const page = { userId, now, cursor, limit: pageMax + 1 };
  const found = await readConsentLedger(store.database, page);
  const onPage = found.slice(0, pageMax);
  const accounts = await readLedgerAccounts(store.database, {
    connectionIds: onPage.map(({ id }) => id),
    readSince: new Date(now.getTime() - unattendedReadsMs),
  });
  const consents = onPage.map((consent) =>
    shown(consent, { now, accounts: accounts.filter(({ connectionId }) => connectionId === consent.id) }),
  );
  return { consents, nextCursor: found.length > pageMax ? onPage.at(-1)?.id : undefined };
}

function shown(
  { isFollowed, ...consent }: LedgerConsent,
  { now, accounts }: { now: Date; accounts: LedgerAccount[] },
): ShownConsent {
  const status = consentStatusAt(consent.status, consent.validUntil ?? undefined, now);
  const endCause = consent.endCause ?? (status === 'expired' ? 'expired' : null);
  const isOffered =
    status === 'active'
      ? isRenewable(consent.validUntil ?? undefined, now)
      : endCause === 'expired' || endCause === 'withdrawn_at_bank';
  return { ...consent, status, endCause, accounts, isRenewable: isOffered && !isFollowed };
}
