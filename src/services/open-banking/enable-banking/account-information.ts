import type { Clock } from '#domain/clock.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import type { Access, AccountInformation, Balance, ConsentRequest } from '../service.ts';
import { readAccountReference } from './account-reference.ts';
import { chooseBalance } from './balances.ts';
import type { BankDirectory } from './banks.ts';
import type { EnableBankingApi } from './client.ts';
import { toBank, toConsentStatus, toGrant } from './map.ts';
import { psuHeaders } from './psu-headers.ts';

/** RTS Article 10a as amended by Regulation (EU) 2022/2360. */
const consentMsMax = 180 * 86_400_000;
/** Between Drop's clock and the bank's; asking for exactly the maximum is refused when they differ. */
const marginMs = 600_000;

export function createAccountInformation(dependencies: {
  api: EnableBankingApi;
  banks: BankDirectory;
  clock: Clock;
}): AccountInformation {
  const { api, banks } = dependencies;

  return {
    async listBanks() {
      return (await banks.list()).map(toBank);
    },
    async startConsent(request) {
      return startConsent(request, dependencies);
    },
    async completeConsent(parameters) {
      return toGrant(await api.authorizeSession(codeFrom(parameters)));
    },
    async readConsent(reference) {
      try {
        const session = await api.getSession(reference);
        return { status: toConsentStatus(session.status), validUntil: session.access?.valid_until };
      } catch (error) {
        if (isDropError(error, 'consent_expired')) return { status: 'expired', validUntil: undefined };
        if (isDropError(error, 'consent_revoked')) return { status: 'revoked', validUntil: undefined };
        throw error;
      }
    },
    async revokeConsent(reference) {
      try {
        await api.deleteSession(reference);
      } catch (error) {
        if (!isDropError(error, 'consent_expired', 'consent_revoked')) throw error;
      }
    },
    async readBalance(accountReference, access) {
      return readBalance(accountReference, access, dependencies);
    },
  };
}

async function startConsent(
  request: ConsentRequest,
  { api, banks, clock }: { api: EnableBankingApi; banks: BankDirectory; clock: Clock },
): Promise<{ redirectUrl: string; reference: undefined }> {
  const bank = await banks.find(request.bankId);
  const validityMs = Math.min(consentMsMax, bank.maximum_consent_validity * 1000) - marginMs;
  const validUntil = new Date(clock.now().getTime() + validityMs);
  const { url } = await api.startAuthorization({
    access: { valid_until: validUntil.toISOString(), balances: true, transactions: false },
    aspsp: { name: bank.name, country: bank.country },
    state: request.state,
    redirect_url: request.redirectUri,
    psu_type: 'personal',
    language: request.locale,
    psu_id: request.customerId,
  });
  // The provider's `authorization_id` reads nothing: the consent gets its reference when it is given.
  return { redirectUrl: url, reference: undefined };
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
  const bank = await banks.find(account.bankId);
  const headers = psuHeaders(access, bank.required_psu_headers ?? []);
  const balances = await api.getBalances(account.uid, { bankId: account.bankId, psuHeaders: headers });
  const balance = chooseBalance(balances, account);
  if (balance !== undefined) return balance;
  throw new DropError('bank_unavailable', {
    message: 'the bank reported no balance',
    outcome: 'refused',
    provider: 'enable-banking',
  });
}
