import { osloDay } from '#domain/oslo-time.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type {
  AccountInformation,
  AttendedAccess,
  ConsentKey,
  ConsentReading,
  ConsentRequest,
  StartedConsent,
} from '#services/open-banking/service.ts';
import { keptLink, type BerlinGroupApi, type Resource } from './client.ts';
import { findApproval } from './approval.ts';
import { readBalance } from './account-balance.ts';
import { createTransactionReading } from './account-transactions.ts';
import { longestMs, type DirectBank } from './banks.ts';
import { completeConsent, type ConsentDependencies } from './consent-grant.ts';
import { isConsentOver } from './errors.ts';
import { keptLinks, writeReference } from './links.ts';
import { assertConsent } from './named-resource.ts';
import { toBank, toConsentReading } from './map.ts';
import { approvalHeaders, beginningHeaders, customerHeaders, returnAddresses } from './psu.ts';

const dayMs = 86_400_000;

export function createAccountInformation(dependencies: ConsentDependencies): AccountInformation {
  const { api } = dependencies;
  return {
    listBanks: async () => api.banks.list().map(toBank),
    startConsent: (request, access) => startConsent(request, access, dependencies),
    completeConsent: ({ parameters, pending }, access) =>
      completeConsent({ parameters, pending }, access, dependencies),
    readConsent: (consent) => readConsent(consent, api),
    async revokeConsent(consent) {
      await api.endConsent(await resourceOf(consent, api)).catch((error: unknown) => {
        if (!isConsentOver(error)) throw error;
      });
    },
    readBalance: (account, access) =>
      readBalance(account, access, { api, readConsent: () => readConsent(account.consent, api) }),
    transactions: createTransactionReading(api),
  };
}

async function startConsent(
  request: ConsentRequest,
  access: AttendedAccess,
  { api, clock }: ConsentDependencies,
): Promise<StartedConsent> {
  const bank = api.banks.find(request.bankId);
  const { secrets, customer, redirectUri, state } = request;
  const headers = {
    ...beginningHeaders(access),
    ...customerHeaders(bank, customer),
    ...approvalHeaders(returnAddresses(redirectUri, state)),
  };
  const started = await api.startConsent(bank, consentBody(bank, clock), headers);
  const base = api.banks.addressOf(bank);
  const found = await findApproval(api.client, started, { bank, base, headers, subject: 'consent' });
  const kept = keptLinks({ ...started._links, ...found.links }, base);
  if (kept['self'] === undefined) throw unlinked();
  const { message } = found;
  await secrets.change(async () => ({ ...kept, ...(message !== undefined && { message }) }));
  return { reference: writeReference(bank.id, started.consentId), next: found.next };
}

/**
 * The customer chooses the accounts at the bank (empty lists). Drop reads transactions only to look up a payment whose
 * outcome the bank did not tell. Valid until the end of a day, so Drop asks for a day less than the longest.
 */
function consentBody(bank: DirectBank, clock: Clock): object {
  const lastsMs = longestMs(bank) - dayMs;
  return {
    access: { accounts: [], balances: [], transactions: [] },
    recurringIndicator: true,
    validUntil: osloDay(new Date(clock.now().getTime() + lastsMs)),
    frequencyPerDay: 4,
    combinedServiceIndicator: false,
  };
}

/** A consent without a link to it can neither be read nor ended. */
function unlinked(): DropError {
  const message = 'the answer has no link to the consent';
  return new DropError('provider_invalid_response', {
    message,
    outcome: 'unknown',
    provider: 'berlin-group',
  });
}

async function resourceOf({ bankId, secrets }: ConsentKey, api: BerlinGroupApi): Promise<Resource> {
  return { bank: api.banks.find(bankId), link: keptLink(await secrets.read(), 'self') };
}

async function readConsent(consent: ConsentKey, api: BerlinGroupApi): Promise<ConsentReading> {
  try {
    const read = await api.readConsent(await resourceOf(consent, api));
    assertConsent(consent.reference, read.consentId);
    return toConsentReading(read);
  } catch (error) {
    if (isConsentOver(error)) return { kind: 'ended', cause: undefined };
    throw error;
  }
}
