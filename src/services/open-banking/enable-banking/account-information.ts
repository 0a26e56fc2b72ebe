import type { Clock } from '#domain/clock.ts';
import { consentMsMax } from '#domain/banking/consent.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import { redirectTo } from '#domain/banking/next-step.ts';
import type {
  Access,
  AccountInformation,
  Balance,
  ConsentRequest,
  StartedConsent,
} from '#services/open-banking/service.ts';
import { readAccountReference } from './account-reference.ts';
import { createTransactionReading } from './account-transactions.ts';
import { chooseBalance } from './balances.ts';
import type { BankDirectory } from './banks.ts';
import type { EnableBankingApi } from './client.ts';
import { redeemCode, type ConsentDependencies } from './consent-grant.ts';
import { toBank, toConsentReading } from './map.ts';
import { psuHeaders } from './psu-headers.ts';

/**
 * Between Drop's clock and the bank's; asking for exactly the maximum is refused when they differ. Of a short consent
 * it is a tenth, so that what is asked for lies in the future.
 */
const marginMsMax = 600_000;
const marginShare = 0.1;

export function createAccountInformation(
  dependencies: ConsentDependencies & { clock: Clock },
): AccountInformation {
  const { api, banks } = dependencies;

  return {
    async listBanks() {
      return (await banks.list()).map(toBank);
    },
    async startConsent(request) {
      return startConsent(request, dependencies);
    },
    async completeConsent({ parameters, pending }, access) {
      const grant = await redeemCode({ code: codeFrom(parameters), pending }, access, dependencies);
      return { kind: 'granted', grant };
    },
    async readConsent({ reference }) {
      try {
        return toConsentReading(await api.getSession(reference));
      } catch (error) {
        if (isDropError(error, 'consent_expired')) return { kind: 'ended', cause: 'expired' };
        if (isDropError(error, 'consent_revoked')) return { kind: 'ended', cause: 'revoked' };
        throw error;
      }
    },
    async revokeConsent({ reference, bankId }) {
      try {
        await api.deleteSession(reference, bankId);
      } catch (error) {
        if (!isDropError(error, 'consent_expired', 'consent_revoked')) throw error;
      }
    },
    async readBalance({ reference }, access) {
      return readBalance(reference, access, dependencies);
    },
    async countsAs({ reference }, access) {
      const account = readAccountReference(reference);
      const headers = account && (await psuHeadersFor(account.bankId, access, banks));
      return headers === undefined || Object.keys(headers).length > 0 ? 'attended' : 'unattended';
    },
    transactions: createTransactionReading(api, (bankId, access) => psuHeadersFor(bankId, access, banks)),
  };
}

async function startConsent(
  request: ConsentRequest,
  { api, banks, clock }: { api: EnableBankingApi; banks: BankDirectory; clock: Clock },
): Promise<StartedConsent> {
  const bank = await banks.find(request.bankId);
  const longestMs = Math.min(consentMsMax, bank.maximum_consent_validity * 1000);
  const marginMs = Math.min(marginMsMax, longestMs * marginShare);
  const validUntil = new Date(clock.now().getTime() + longestMs - marginMs);
  const { url } = await api.startAuthorization({
    access: { valid_until: validUntil.toISOString(), balances: true, transactions: true },
    aspsp: { name: bank.name, country: bank.country },
    state: request.state,
    redirect_url: request.redirectUri,
    psu_type: 'personal',
    language: request.locale,
    psu_id: request.customer.id,
  });
  // The provider's `authorization_id` reads nothing: the consent gets its reference when it is given.
  return { reference: undefined, next: redirectTo(url) };
}

/** Judges the callback (OAuth 2.0 style): a code, or why there is none. */
function codeFrom(parameters: URLSearchParams): string {
  const error = parameters.get('error');
  const code = parameters.get('code');
  if (error === null && code !== null && code !== '') return code;
  throw new DropError(error === 'access_denied' ? 'consent_cancelled' : 'consent_failed', {
    message: error === null ? 'the callback has neither a code nor an error' : 'the bank gave no consent',
    outcome: 'refused',
    provider: 'enable-banking',
    ...(error !== null && /^[a-z_]{1,60}$/.test(error) ? { providerCode: error } : {}),
  });
}

async function readBalance(
  reference: string,
  access: Access,
  { api, banks }: { api: EnableBankingApi; banks: BankDirectory },
): Promise<Balance> {
  const account = readAccountReference(reference);
  if (account === undefined) {
    throw new DropError('account_unknown', { message: 'not an account reference', outcome: 'not_sent' });
  }
  const headers = await psuHeadersFor(account.bankId, access, banks);
  const { balances, unread } = await readAs(headers, (given) =>
    api.getBalances(account.uid, { bankId: account.bankId, psuHeaders: given }),
  );
  const balance = chooseBalance(balances, { ...account, unread });
  if (balance !== undefined) return balance;
  throw new DropError('bank_unavailable', {
    message: 'the bank reported no balance',
    outcome: 'refused',
    provider: 'enable-banking',
  });
}

/** A bank that has left the list, or cannot be read there, is asked without: what it requires is not known. */
async function psuHeadersFor(
  bankId: string,
  access: Access,
  banks: BankDirectory,
): Promise<Record<string, string>> {
  try {
    const bank = await banks.find(bankId);
    return psuHeaders(access, bank.required_psu_headers ?? []);
  } catch (error) {
    if (isDropError(error, 'bank_unknown')) return {};
    throw error;
  }
}

/** A bank that requires more of the customer than Drop knew is asked once more, as if they were not there. */
async function readAs<Result>(
  headers: Record<string, string>,
  read: (headers: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  try {
    return await read(headers);
  } catch (error) {
    const isIncomplete = isDropError(error) && error.details.providerCode === 'PSU_HEADER_NOT_PROVIDED';
    if (!isIncomplete || Object.keys(headers).length === 0) throw error;
    return read({});
  }
}
