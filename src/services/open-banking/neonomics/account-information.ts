import type { Clock } from '#domain/clock.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import { noStep } from '#domain/banking/next-step.ts';
import type { BankDirectory } from '#services/open-banking/bank-directory.ts';
import type { ProviderDependencies } from '#services/open-banking/definition.ts';
import type {
  AccountInformation,
  AccountKey,
  Access,
  AttendedAccess,
  Balance,
  ConsentGrant,
  ConsentKey,
  ConsentProgress,
  ConsentReading,
  ConsentRequest,
  PendingConsent,
  StartedConsent,
} from '#services/open-banking/service.ts';
import { chooseBalance } from './balances.ts';
import type { NeonomicsApi, Visit } from './client.ts';
import { isUnexplainedRefusal } from './errors.ts';
import type { Identify } from './identification.ts';
import { consentSeconds, toAccount, toBank, toPage } from './map.ts';
import { resultOf } from './returns.ts';
import { consentVisit, deviceOf, isSharedVisit, keepConsentVisit, keepShared, psuOf } from './visits.ts';
import type { WireAccount, WireBank } from './wire.ts';

interface Dependencies {
  api: NeonomicsApi;
  banks: BankDirectory<WireBank>;
  identify: Identify;
  clock: Clock;
  log: ProviderDependencies['log'];
}

export function createAccountInformation(dependencies: Dependencies): AccountInformation {
  const { api, banks } = dependencies;
  return {
    listBanks: async () => (await banks.list()).map(toBank),
    startConsent: (request, access) => startConsent(request, access, dependencies),
    completeConsent: ({ parameters, pending }, access) =>
      completeConsent(parameters, { pending, access }, dependencies),
    readConsent: (consent) => readConsent(consent, api),
    revokeConsent: (consent) => endSession(consent, api),
    readBalance: (account, access) => readBalance(account, access, api),
  };
}

/** The accounts are asked for at once: the refusal, error 1426, names the way to the consent. */
async function startConsent(
  request: ConsentRequest,
  access: AttendedAccess,
  { api, banks, identify }: Dependencies,
): Promise<StartedConsent> {
  const { bankId, customer, redirectUri, secrets } = request;
  const bank = await banks.find(bankId);
  const psu = { ...psuOf(access), psuId: identify(customer, bank), redirectUrl: redirectUri };
  const device = deviceOf(customer);
  const visit: Visit = { device, bankId, session: await api.createSession(bankId, device) };
  await keepConsentVisit(secrets, visit);
  const asked = await api.listAccounts(visit, psu);
  const reference = visit.session;
  // The customer has a consent already, which the new session shares.
  if (asked.kind === 'done') {
    await keepShared(secrets);
    return { reference, next: noStep };
  }
  return { reference, next: toPage(await api.getConsent(asked.step.href, visit, psu)) };
}

interface Completion {
  pending: PendingConsent;
  access: AttendedAccess;
}

async function completeConsent(
  parameters: URLSearchParams,
  { pending, access }: Completion,
  dependencies: Dependencies,
): Promise<ConsentProgress> {
  if (resultOf(parameters) === 'FAILED') throw refused('consent_cancelled', 'the customer gave no consent');
  const { reference } = pending;
  if (reference === undefined || (parameters.get('resource_id') ?? reference) !== reference)
    throw refused('consent_failed', 'the return names no consent, or another one');
  const visit = await consentVisit({ ...pending, reference });
  const { api } = dependencies;
  const asked = await whileSessionLasts(visit, api, () => api.listAccounts(visit, psuOf(access)));
  if (asked.kind === 'step') throw refused('consent_failed', 'the bank still wants a consent');
  const { bankId } = await api.getSession(visit);
  const grant = await usableGrant(asked.asked, { visit, bankId }, dependencies);
  const isShared = await isSharedVisit(pending.secrets);
  return { kind: 'granted', grant: { ...grant, ...(isShared && { isShared }) } };
}

/** What was granted and cannot be used is ended. */
async function usableGrant(
  wireAccounts: readonly WireAccount[],
  { visit, bankId }: { visit: Visit; bankId: string },
  { api, clock, log }: Dependencies,
): Promise<ConsentGrant> {
  const accounts = wireAccounts.map(toAccount).filter((account) => account !== undefined);
  const validUntil = new Date(clock.now().getTime() + consentSeconds * 1_000);
  if (accounts.length > 0) return { reference: visit.session, bankId, validUntil, accounts };
  await api.deleteSession(visit).catch((error: unknown) => {
    log('a consent that could not be used could not be ended either', { error });
  });
  throw refused('consent_failed', 'the consent has no account that can be used');
}

/** Only a call to the bank shows that a consent was withdrawn there. The customer is not said to be there. */
async function readConsent(consent: ConsentKey, api: NeonomicsApi): Promise<ConsentReading> {
  const visit = await consentVisit(consent);
  try {
    const asked = await whileSessionLasts(visit, api, () => api.listAccounts(visit, {}));
    if (asked.kind === 'step') return { kind: 'ended', cause: undefined };
    return { kind: 'active', validUntil: undefined };
  } catch (error) {
    if (isDropError(error, 'consent_revoked')) return { kind: 'ended', cause: 'revoked' };
    throw error;
  }
}

async function readBalance(
  { reference, consent }: AccountKey,
  access: Access,
  api: NeonomicsApi,
): Promise<Balance> {
  const visit = await consentVisit(consent);
  const balances = await whileSessionLasts(visit, api, () =>
    api.getBalances(reference, visit, psuOf(access)),
  ).catch((error: unknown) => {
    throw isDropError(error, 'provider_rate_limited') ? asBankLimit(error) : error;
  });
  const balance = chooseBalance(balances);
  if (balance !== undefined) return balance;
  throw new DropError('bank_unavailable', {
    message: 'the bank reported no balance',
    outcome: 'refused',
    provider: 'neonomics',
  });
}

/** Banks allow four readings a day without the customer; Neonomics has no limit of its own for balances. */
function asBankLimit({ message, details }: DropError): DropError {
  return new DropError('bank_rate_limited', { message, ...details });
}

/** The code of a session that is over is not documented: a refusal without a meaning is asked about once more. */
async function whileSessionLasts<Result>(
  visit: Visit,
  api: NeonomicsApi,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (isUnexplainedRefusal(error) && (await isOver(visit, api)))
      throw refused('consent_revoked', 'the session is over', error);
    throw error;
  }
}

async function isOver(visit: Visit, api: NeonomicsApi): Promise<boolean> {
  return api.getSession(visit).then(() => false, isUnexplainedRefusal);
}

/** Ends the session, after which nothing can be read with it. Ending one that is over is success. */
async function endSession(consent: ConsentKey, api: NeonomicsApi): Promise<void> {
  const visit = await consentVisit(consent);
  await whileSessionLasts(visit, api, () => api.deleteSession(visit)).catch((error: unknown) => {
    if (!isDropError(error, 'consent_revoked')) throw error;
  });
}

function refused(
  code: 'consent_cancelled' | 'consent_failed' | 'consent_revoked',
  message: string,
  cause?: unknown,
): DropError {
  return new DropError(code, { message, cause, outcome: 'refused', provider: 'neonomics' });
}
