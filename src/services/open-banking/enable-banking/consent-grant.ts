import { DropError } from '#domain/errors.ts';
import type { AttendedAccess, ConsentGrant, PendingConsent } from '#services/open-banking/service.ts';
import { keepCoverage } from './account-transactions.ts';
import type { BankDirectory } from './banks.ts';
import type { EnableBankingApi } from './client.ts';
import { toConsentStatus, toGrant } from './map.ts';
import { psuHeaders } from './psu-headers.ts';
import {
  isReachable,
  isRecognisable,
  unknownAccount,
  type AccountResource,
  type AuthorizedSession,
  type Session,
} from './wire.ts';

export interface ConsentDependencies {
  api: EnableBankingApi;
  banks: BankDirectory;
  /** ISO 3166 code of the country whose banks are offered. */
  country: string;
  log(message: string, details: Record<string, unknown>): void;
}

/** More accounts than this are not read one by one. */
const accountsReadMax = 50;

/**
 * Redeems the code of a callback. The provider answers that call once, so what is missing in the answer is read again
 * from the session; a session that cannot be used all the same is ended.
 *
 * @throws {DropError} `consent_failed` when the session cannot be used; what `authorizeSession` throws.
 */
export async function redeemCode(
  { code, pending }: { code: string; pending: PendingConsent },
  access: AttendedAccess,
  dependencies: ConsentDependencies,
): Promise<ConsentGrant> {
  const { api, country } = dependencies;
  let session = await api.authorizeSession(code, pending.bankId);
  try {
    if (toGrant(session, country) === undefined) session = await readAgain(session, access, dependencies);
    const grant = toGrant(session, country);
    if (grant === undefined)
      throw unusable('the session lacks its bank, its end, or accounts that can be used');
    await keepCoverage(session, pending.secrets);
    return grant;
  } catch (cause) {
    await endSession(session.session_id, dependencies);
    throw unusable('a session that was granted could not be used', cause);
  }
}

/** The session with what its first answer lacks, as far as the provider says it now. */
async function readAgain(
  session: AuthorizedSession,
  access: AttendedAccess,
  dependencies: ConsentDependencies,
): Promise<AuthorizedSession> {
  const now = await dependencies.api.getSession(session.session_id);
  const status = toConsentStatus(now.status);
  if (status !== 'active' && status !== 'pending') throw unusable(`the session is ${status}`);
  const bank = session.aspsp ?? now.aspsp;
  const accounts =
    session.accounts.some(isReachable) || bank === undefined
      ? session.accounts
      : await readAccounts(now, { bankId: bank.name, access }, dependencies);
  return { ...session, aspsp: bank, access: session.access ?? now.access, accounts };
}

async function readAccounts(
  { accounts = [], accounts_data = [] }: Session,
  { bankId, access }: { bankId: string; access: AttendedAccess },
  { api, banks, log }: ConsentDependencies,
): Promise<AccountResource[]> {
  const bank = await banks.find(bankId).catch(() => undefined);
  const read = { bankId, psuHeaders: psuHeaders(access, bank?.required_psu_headers ?? []) };
  const hashes = new Map(accounts_data.map(({ uid, identification_hash }) => [uid, identification_hash]));
  const uids = [...new Set([...accounts, ...hashes.keys()])].slice(0, accountsReadMax);
  const found = await Promise.all(
    uids.map(async (uid) => {
      const details = await api.getAccountDetails(uid, read).catch((error: unknown) => {
        log('what an account is could not be read', { error });
        return unknownAccount;
      });
      return { ...details, uid, identification_hash: details.identification_hash ?? hashes.get(uid) };
    }),
  );
  return found.filter(isRecognisable);
}

async function endSession(sessionId: string, { api, log }: ConsentDependencies): Promise<void> {
  await api.deleteSession(sessionId).catch((error: unknown) => {
    log('a session that could not be used could not be ended either', { error });
  });
}

function unusable(message: string, cause?: unknown): DropError {
  return new DropError('consent_failed', {
    message,
    cause,
    outcome: 'refused',
    provider: 'enable-banking',
    operation: 'enable-banking.authorize_session',
  });
}
