import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { consentStatusAt, type ConsentStatus } from '#domain/banking/consent.ts';
import { redirectTo } from '#domain/banking/next-step.ts';
import { DropError, type ErrorCode } from '#domain/errors.ts';
import type {
  AccountInformation,
  Balance,
  ConsentGrant,
  ConsentReading,
} from '#services/open-banking/service.ts';
import { findBank, mockAccounts, mockBanks, type MockAccount } from './bank.ts';
import type { MockLedger } from './payments.ts';
import type { MockProtocol } from './protocol.ts';

const validityMs = 180 * 86_400_000;

interface MockConsent {
  reference: string;
  bankId: string;
  status: ConsentStatus;
  validUntil: Date;
  accounts: { reference: string; account: MockAccount }[];
}

export interface MockSources {
  clock: Clock;
  entropy: Entropy;
  /** The same seed gives the same customer the same accounts. */
  seed: number;
}

/** Consents that are given without asking, and the accounts behind them. */
export function createMockConsents(
  protocol: MockProtocol,
  { clock, entropy, seed }: MockSources,
): {
  ais: AccountInformation;
  ledger: MockLedger;
  reset(): void;
} {
  const codes = new Map<string, MockConsent>();
  const consents = new Map<string, MockConsent>();
  const accounts = new Map<string, MockAccount>();
  const refused = (code: ErrorCode): DropError =>
    new DropError(code, { message: 'the mock refuses', outcome: 'refused', provider: protocol.id });

  function begin(bankId: string, customerId: string): string {
    const code = entropy.uuid();
    const bank = findBank(protocol, ({ id }) => id === bankId);
    const owned = mockAccounts(seed, bank.name, customerId).map((fresh) => {
      const account = accounts.get(fresh.accountNumber) ?? fresh;
      accounts.set(account.accountNumber, account);
      return { reference: entropy.uuid(), account };
    });
    const validUntil = new Date(clock.now().getTime() + validityMs);
    const reference = entropy.uuid();
    codes.set(code, { reference, bankId, status: 'active', validUntil, accounts: owned });
    return code;
  }

  function complete(parameters: URLSearchParams): ConsentGrant {
    const returned = protocol.consentReturn.read(parameters);
    if (returned === 'declined') throw refused('consent_cancelled');
    const { code = '' } = returned;
    const consent = codes.get(code);
    if (consent === undefined) throw refused('consent_failed');
    codes.delete(code);
    consents.set(consent.reference, consent);
    return toGrant(consent);
  }

  function readBalance(reference: string): Balance {
    const consent = [...consents.values()].find((each) => each.accounts.some(isNamed(reference)));
    const account = consent?.accounts.find(isNamed(reference))?.account;
    if (consent === undefined || account === undefined) throw refused('account_unknown');
    const status = consentStatusAt(consent.status, consent.validUntil, clock.now());
    if (status !== 'active') throw refused(status === 'expired' ? 'consent_expired' : 'consent_revoked');
    const money = { amount: account.balanceOere, currency: 'NOK' } as const;
    return { money, kind: 'available', wireType: protocol.balanceType };
  }

  return {
    ledger: { find: (accountNumber) => accounts.get(accountNumber) },
    reset() {
      for (const state of [codes, consents, accounts]) state.clear();
    },
    ais: {
      listBanks: async () => mockBanks(protocol),
      async startConsent({ bankId, customer, redirectUri, state }) {
        const parameters = { ...protocol.consentReturn.granted(begin(bankId, customer.id)), state };
        return { reference: undefined, next: redirectTo(addressOf(redirectUri, parameters)) };
      },
      completeConsent: async ({ parameters }) => ({ kind: 'granted', grant: complete(parameters) }),
      readConsent: async ({ reference }) => readingOf(consents.get(reference), clock.now()),
      async revokeConsent({ reference }) {
        const consent = consents.get(reference);
        if (consent) consent.status = 'revoked';
      },
      readBalance: async ({ reference }) => readBalance(reference),
      // A mock has no limit, so that a machine without an address on the internet can use it all day.
      countsAs: async () => 'attended',
    },
  };
}

function readingOf(consent: MockConsent | undefined, now: Date): ConsentReading {
  if (consent === undefined) return { kind: 'ended', cause: 'revoked' };
  const { validUntil } = consent;
  const status = consentStatusAt(consent.status, validUntil, now);
  if (status === 'active') return { kind: 'active', validUntil };
  return { kind: 'ended', cause: status === 'expired' ? 'expired' : 'revoked' };
}

function toGrant({ reference, bankId, validUntil, accounts }: MockConsent): ConsentGrant {
  return {
    reference,
    bankId,
    validUntil,
    accounts: accounts.map(({ reference: accountReference, account }) => ({
      reference: accountReference,
      identity: `mock-${account.accountNumber}`,
      accountNumber: account.accountNumber,
      name: account.name,
      ownerName: undefined,
      currency: 'NOK',
    })),
  };
}

const isNamed =
  (reference: string) =>
  (entry: { reference: string }): boolean =>
    entry.reference === reference;

function addressOf(redirectUri: string, parameters: Record<string, string>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
