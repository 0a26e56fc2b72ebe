import { randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { consentStatusAt, type ConsentStatus } from '#domain/banking/consent.ts';
import { redirectTo } from '#domain/banking/next-step.ts';
import { DropError, type ErrorCode } from '#domain/errors.ts';
import type { AccountInformation, Balance, ConsentGrant } from '#services/open-banking/service.ts';
import { mockAccounts, mockBanks, type MockAccount } from './mock-bank.ts';
import { assertBank, type MockLedger } from './mock-payments.ts';

const validityMs = 180 * 86_400_000;

interface MockConsent {
  reference: string;
  bankId: string;
  status: ConsentStatus;
  validUntil: Date;
  accounts: { reference: string; account: MockAccount }[];
}

/** Consents that are given without asking, and the accounts behind them. */
export function createMockConsents({ clock, seed }: { clock: Clock; seed: number }): {
  ais: AccountInformation;
  ledger: MockLedger;
  reset(): void;
} {
  const codes = new Map<string, MockConsent>();
  const consents = new Map<string, MockConsent>();
  const accounts = new Map<string, MockAccount>();

  function begin(bankId: string, customerId: string): string {
    const code = randomUUID();
    const owned = mockAccounts(seed, bankId, customerId).map((fresh) => {
      const account = accounts.get(fresh.accountNumber) ?? fresh;
      accounts.set(account.accountNumber, account);
      return { reference: randomUUID(), account };
    });
    const validUntil = new Date(clock.now().getTime() + validityMs);
    const reference = randomUUID();
    codes.set(code, { reference, bankId, status: 'active', validUntil, accounts: owned });
    return code;
  }

  function complete(parameters: URLSearchParams): ConsentGrant {
    const code = parameters.get('code') ?? '';
    const consent = codes.get(code);
    if (parameters.get('error') === 'access_denied') throw refused('consent_cancelled');
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
    return { money: { amount: account.balanceOere, currency: 'NOK' }, kind: 'available', wireType: 'ITAV' };
  }

  return {
    ledger: { find: (accountNumber) => accounts.get(accountNumber) },
    reset() {
      for (const state of [codes, consents, accounts]) state.clear();
    },
    ais: {
      listBanks: async () => [...mockBanks],
      async startConsent({ bankId, customer, redirectUri, state }) {
        assertBank(bankId);
        const url = new URL(redirectUri);
        url.searchParams.set('code', begin(bankId, customer.id));
        url.searchParams.set('state', state);
        return { reference: undefined, next: redirectTo(url.href) };
      },
      completeConsent: async ({ parameters }) => ({ kind: 'granted', grant: complete(parameters) }),
      async readConsent({ reference }) {
        const consent = consents.get(reference);
        if (consent === undefined) return { kind: 'ended', cause: 'revoked' };
        const { validUntil } = consent;
        const status = consentStatusAt(consent.status, validUntil, clock.now());
        return status === 'active' ? { kind: 'active', validUntil } : { kind: 'ended', cause: endOf(status) };
      },
      async revokeConsent({ reference }) {
        const consent = consents.get(reference);
        if (consent) consent.status = 'revoked';
      },
      readBalance: async ({ reference }) => readBalance(reference),
    },
  };
}

function endOf(status: ConsentStatus): 'expired' | 'revoked' {
  return status === 'expired' ? 'expired' : 'revoked';
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

function refused(code: ErrorCode): DropError {
  return new DropError(code, { message: 'the mock refuses', outcome: 'refused', provider: 'enable-banking' });
}
