import { consentMsMax } from '#domain/banking/consent.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import type { BankDirectory } from '#services/open-banking/bank-directory.ts';
import type { ProviderDependencies } from '#services/open-banking/definition.ts';
import type {
  AccountInformation,
  ConsentProgress,
  ConsentReading,
  PendingConsent,
  StartedConsent,
  ConsentRequest,
} from '#services/open-banking/service.ts';
import { createTransactionReading } from './account-transactions.ts';
import type { FjordPayApi } from './client.ts';
import { redeemOnce, withToken } from './consent-tokens.ts';
import { toCustomer } from './customer.ts';
import { toBalance, toBank, toConsentReading, toGrant, toNextStep } from './map.ts';
import type { WireBank, WireConsent } from './wire.ts';

const dayMs = 86_400_000;
/** Between Drop's clock and the bank's. */
const marginMs = 600_000;

interface Dependencies {
  api: FjordPayApi;
  banks: BankDirectory<WireBank>;
  clock: Clock;
  log: ProviderDependencies['log'];
}

export function createAccountInformation(dependencies: Dependencies): AccountInformation {
  const { api, banks } = dependencies;
  return {
    listBanks: async () => (await banks.list()).map(toBank),
    startConsent: (request) => startConsent(request, dependencies),
    completeConsent: ({ parameters, pending }) => completeConsent(parameters, pending, dependencies),
    async readConsent({ reference }): Promise<ConsentReading> {
      return toConsentReading(await ownConsent(reference, api));
    },
    async revokeConsent({ reference, bankId }) {
      await api.endConsent(reference, bankId).catch((error: unknown) => {
        if (!isDropError(error, 'consent_expired', 'consent_revoked')) throw error;
      });
    },
    async readBalance({ reference, consent }, access) {
      const ipAddress = access.kind === 'attended' ? access.ipAddress : undefined;
      const { bankId } = consent;
      return withToken(api, consent, async (accessToken) =>
        toBalance(await api.readBalance(reference, { accessToken, bankId, ipAddress })),
      );
    },
    transactions: createTransactionReading(api),
  };
}

async function startConsent(
  request: ConsentRequest,
  { api, banks, clock }: Dependencies,
): Promise<StartedConsent> {
  const bank = await banks.find(request.bankId);
  const lastsMs = Math.min(consentMsMax, bank.consent_days * dayMs) - marginMs;
  const body = {
    bank_id: bank.account_bank_id,
    valid_until: new Date(clock.now().getTime() + lastsMs).toISOString(),
    return_url: request.redirectUri,
    language: request.locale,
    customer: toCustomer(request.customer),
  };
  const { consent_id, approval } = await api.startConsent(body);
  return { reference: consent_id, next: toNextStep(approval) };
}

/** A return has a code; where the customer does not come back, the consent itself says how far it is. */
async function completeConsent(
  parameters: URLSearchParams,
  pending: PendingConsent,
  dependencies: Dependencies,
): Promise<ConsentProgress> {
  const { api } = dependencies;
  if (parameters.get('outcome') === 'declined') throw refused('consent_cancelled', 'the customer said no');
  const { reference } = pending;
  const returned = parameters.get('consentId') ?? reference;
  if (reference === undefined || returned !== reference)
    throw refused('consent_failed', 'the return names no consent, or another one');
  const code = parameters.get('code') ?? undefined;
  if (code === undefined) {
    const consent = await ownConsent(reference, api);
    assertOpen(consent);
    if (consent.status === 'pending') return { kind: 'pending', next: toNextStep(consent.approval) };
  }
  await redeemOnce(api, pending, { consent_id: reference, code });
  return { kind: 'granted', grant: await usableGrant(await ownConsent(reference, api), dependencies) };
}

/** An answer is compared with the request. */
async function ownConsent(reference: string, api: FjordPayApi): Promise<WireConsent> {
  const consent = await api.readConsent(reference);
  if (consent.consent_id === reference) return consent;
  const message = 'the answer is about another consent than the one that was asked about';
  throw new DropError('provider_invalid_response', { message, outcome: 'unknown', provider: 'fjord-pay' });
}

function assertOpen(consent: WireConsent): void {
  const reading = toConsentReading(consent);
  if (reading.kind !== 'ended') return;
  const isRefusal = reading.cause === 'cancelled';
  throw refused(isRefusal ? 'consent_cancelled' : 'consent_failed', 'the consent has ended');
}

/** What was granted and cannot be used is ended. */
async function usableGrant(consent: WireConsent, { api, log }: Dependencies) {
  const grant = consent.status === 'active' ? toGrant(consent) : undefined;
  if (grant !== undefined) return grant;
  await api.endConsent(consent.consent_id, consent.bank_id).catch((error: unknown) => {
    log('a consent that could not be used could not be ended either', { error });
  });
  throw refused('consent_failed', 'the consent has no account that can be used');
}

function refused(code: 'consent_cancelled' | 'consent_failed', message: string): DropError {
  return new DropError(code, { message, outcome: 'refused', provider: 'fjord-pay' });
}
