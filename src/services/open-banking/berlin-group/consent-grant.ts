import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { ProviderDependencies } from '#services/open-banking/definition.ts';
import type {
  AttendedAccess,
  ConsentGrant,
  ConsentProgress,
  PendingConsent,
} from '#services/open-banking/service.ts';
import { keptLink, type BerlinGroupApi, type ConsentAtBank, type Resource } from './client.ts';
import { decoupled } from './approval.ts';
import { longestMs } from './banks.ts';
import { pathOfLink, pathWithin, readReference } from './links.ts';
import { toAccount, toConsentReading } from './map.ts';
import { assertConsent } from './named-resource.ts';
import { presenceHeaders } from './psu.ts';
import type { WireAccount } from './wire.ts';

export interface ConsentDependencies {
  api: BerlinGroupApi;
  clock: Clock;
  log: ProviderDependencies['log'];
}

interface Returned {
  parameters: URLSearchParams;
  pending: PendingConsent;
}

/**
 * Judges the customer's return. Only the consent itself says how far it is: a return without an error may come from a
 * page that ran out, and one that says no may come after another that said yes.
 */
export async function completeConsent(
  { parameters, pending }: Returned,
  access: AttendedAccess,
  dependencies: ConsentDependencies,
): Promise<ConsentProgress> {
  const isDeclined = parameters.get('outcome') === 'declined';
  const named = readReference(pending.reference ?? '');
  if (named === undefined)
    throw refused(isDeclined ? 'consent_cancelled' : 'consent_failed', 'the return belongs to no consent');
  const { api } = dependencies;
  const bank = api.banks.find(named.bankId);
  const secrets = await pending.secrets.read();
  const resource = { bank, link: keptLink(secrets, 'self') };
  const read = await api.readConsent(resource);
  assertConsent(pending.reference ?? '', read.consentId);
  const reading = toConsentReading(read);
  switch (reading.kind) {
    case 'active':
      return granted({ bank, consentId: named.name }, { resource, pending, access, reading }, dependencies);
    case 'pending':
      if (!isDeclined) return { kind: 'pending', next: decoupled(secrets?.['message']) };
      await end(resource, dependencies);
      throw refused('consent_cancelled', 'the customer said no');
    case 'ended':
      throw refused(isDeclined ? 'consent_cancelled' : 'consent_failed', 'the consent has ended');
  }
}

interface Granted {
  resource: Resource;
  pending: PendingConsent;
  access: AttendedAccess;
  reading: { validUntil: Date | undefined };
}

/** What was granted and cannot be used is ended. */
async function granted(
  consent: ConsentAtBank,
  { resource, pending, access, reading }: Granted,
  dependencies: ConsentDependencies,
): Promise<ConsentProgress> {
  const { api, clock } = dependencies;
  const base = api.banks.addressOf(consent.bank);
  const listed = await api.listAccounts(consent, presenceHeaders(access));
  const accounts = listed.filter((account) => isReadable(account, base));
  if (accounts.length === 0) {
    await end(resource, dependencies);
    throw refused('consent_failed', 'the consent has no account that can be used');
  }
  const links = Object.fromEntries(accounts.flatMap((account) => accountSecrets(account, base)));
  await pending.secrets.change(async (latest) => ({ ...latest, ...links }));
  const longest = clock.now().getTime() + longestMs(consent.bank);
  const grant: ConsentGrant = {
    reference: pending.reference ?? '',
    bankId: consent.bank.id,
    validUntil: new Date(Math.min(reading.validUntil?.getTime() ?? longest, longest)),
    accounts: accounts.map(toAccount),
  };
  return { kind: 'granted', grant };
}

/**
 * An account without a link to its balances at the bank cannot be read; one without a number would not be recognised
 * again.
 */
function isReadable(account: WireAccount, base: string): boolean {
  const isClosed = account.status === 'deleted' || account.status === 'blocked';
  const { balances } = account._links;
  const isLinked = balances !== undefined && pathWithin(balances, base) !== undefined;
  return !isClosed && isLinked && toAccount(account).accountNumber !== undefined;
}

function accountSecrets({ resourceId, _links, currency }: WireAccount, base: string): [string, string][] {
  const { balances = '', transactions = 'about:blank' } = _links;
  const path = pathWithin(transactions, base);
  return [
    [`balances:${resourceId}`, pathOfLink(balances, base)],
    ...(path === undefined ? [] : [[`transactions:${resourceId}`, path] as [string, string]]),
    ...(typeof currency === 'string' ? [[`currency:${resourceId}`, currency] as [string, string]] : []),
  ];
}

async function end(consent: Resource, { api, log }: ConsentDependencies): Promise<void> {
  await api.endConsent(consent).catch((error: unknown) => {
    log('a consent that could not be used could not be ended either', { error });
  });
}

function refused(code: 'consent_cancelled' | 'consent_failed', message: string): DropError {
  return new DropError(code, { message, outcome: 'refused', provider: 'berlin-group' });
}
