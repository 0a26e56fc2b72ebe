import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode as DropCode } from '#domain/errors.ts';
import { sandboxBanks } from '#emulation/bank/banks.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import {
  errorCodes,
  errorStatuses,
  type ErrorCode,
} from '#services/open-banking/enable-banking/emulator/error-codes.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { accountKey } from '../../support/provider-keys.ts';
import { documented } from './documented.ts';
import { attended, EnableBankingWorld } from './world.ts';

let world: EnableBankingWorld;
let accounts: ReadonlyMap<string, string>;
/** Each test has a client of its own, and so breakers of its own. */
let provider: OpenBankingProvider;

beforeAll(async () => {
  world = await EnableBankingWorld.start();
  const granted = sandboxBanks.map(async ({ name }): Promise<[string, string]> => {
    const [account] = (await world.grant(name)).accounts;
    return [name, account?.reference ?? ''];
  });
  accounts = new Map(await Promise.all(granted));
});
beforeEach(() => {
  provider = world.stack.createClient();
});
afterEach(() => world.stack.faults.clear());
afterAll(() => world.close());

const inject = (operation: string, code: ErrorCode): void =>
  world.stack.faults.add({ operation, effect: 'status', code });

const access = { ...attended, userAgent: 'Conformance/1.0' };
const read = async (bank: string) => provider.ais?.readBalance(accountKey(accounts.get(bank) ?? ''), access);

/** Reads at `bank` for so many customers, each of whom is told of a failure. */
async function failFor(customers: number, bank: string): Promise<void> {
  for (let customer = 0; customer < customers; customer += 1)
    await expect(onBehalfOf(randomUUID(), () => read(bank))).rejects.toHaveProperty('code');
}

/** What Drop makes of a code that answers a read, and of one that answers an initiation. */
const decided: Record<ErrorCode, [ofRead: DropCode, ofInitiation: DropCode]> = {
  ACCESS_DENIED: ['provider_refused', 'provider_refused'],
  ACCOUNT_DOES_NOT_EXIST: ['account_unknown', 'account_unknown'],
  ALREADY_AUTHORIZED: ['consent_failed', 'payment_outcome_unknown'],
  ASPSP_ACCOUNT_NOT_ACCESSIBLE: ['account_unknown', 'account_unknown'],
  ASPSP_ERROR: ['bank_unavailable', 'payment_outcome_unknown'],
  ASPSP_PAYMENT_NOT_ACCESSIBLE: ['bank_unavailable', 'payment_outcome_unknown'],
  ASPSP_PSU_ACTION_REQUIRED: ['consent_expired', 'consent_expired'],
  ASPSP_RATE_LIMIT_EXCEEDED: ['bank_rate_limited', 'bank_rate_limited'],
  ASPSP_TIMEOUT: ['bank_unavailable', 'payment_outcome_unknown'],
  AUTHORIZATION_NOT_PROVIDED: ['provider_rejected_credentials', 'provider_rejected_credentials'],
  CLOSED_SESSION: ['consent_revoked', 'payment_outcome_unknown'],
  DATE_FROM_IN_FUTURE: ['provider_refused', 'payment_outcome_unknown'],
  DATE_TO_WITHOUT_DATE_FROM: ['provider_refused', 'payment_outcome_unknown'],
  EXPIRED_AUTHORIZATION_CODE: ['consent_failed', 'payment_outcome_unknown'],
  EXPIRED_SESSION: ['consent_expired', 'payment_outcome_unknown'],
  INVALID_ACCOUNT_ID: ['account_unknown', 'account_unknown'],
  INVALID_HOST: ['provider_refused', 'provider_refused'],
  INVALID_PAYMENT: ['payment_refused_by_bank', 'payment_refused_by_bank'],
  NO_ACCOUNTS_ADDED: ['provider_refused', 'payment_outcome_unknown'],
  PAYMENT_LIMIT_EXCEEDED: ['payment_refused_by_bank', 'payment_refused_by_bank'],
  PAYMENT_NOT_FINALIZED: ['provider_refused', 'payment_outcome_unknown'],
  PAYMENT_NOT_FOUND: ['payment_unknown', 'payment_outcome_unknown'],
  PSU_HEADER_INVALID: ['provider_refused', 'provider_refused'],
  PSU_HEADER_NOT_PROVIDED: ['provider_refused', 'provider_refused'],
  REDIRECT_URI_NOT_ALLOWED: ['provider_refused', 'provider_refused'],
  REVOKED_SESSION: ['consent_revoked', 'payment_outcome_unknown'],
  SESSION_DOES_NOT_EXIST: ['consent_revoked', 'payment_outcome_unknown'],
  TRANSACTION_DOES_NOT_EXIST: ['payment_unknown', 'payment_outcome_unknown'],
  UNAUTHORIZED_ACCESS: ['provider_rejected_credentials', 'provider_rejected_credentials'],
  UNAUTHORIZED_IP: ['provider_rejected_credentials', 'provider_rejected_credentials'],
  UNTRUSTED_PAYMENT_PARTY: ['payment_refused_by_bank', 'payment_refused_by_bank'],
  WEBHOOK_URI_NOT_ALLOWED: ['provider_refused', 'provider_refused'],
  WRONG_ASPSP_PROVIDED: ['bank_unknown', 'bank_unknown'],
  WRONG_AUTHORIZATION_CODE: ['consent_failed', 'payment_outcome_unknown'],
  WRONG_CONTINUATION_KEY: ['provider_refused', 'payment_outcome_unknown'],
  WRONG_CREDENTIALS_PROVIDED: ['provider_refused', 'provider_refused'],
  WRONG_DATE_INTERVAL: ['provider_refused', 'payment_outcome_unknown'],
  WRONG_REQUEST_PARAMETERS: ['provider_refused', 'provider_refused'],
  WRONG_SESSION_STATUS: ['consent_failed', 'payment_outcome_unknown'],
  WRONG_TRANSACTIONS_PERIOD: ['provider_refused', 'payment_outcome_unknown'],
};
const codes = Object.keys(decided) as ErrorCode[];

test('a fault may name every documented code, and no other', () => {
  const all = documented('ErrorCode');
  expect(Object.keys(errorStatuses).filter((code) => !all.safeParse(code).success)).toEqual([]);
  expect(world.stack.faults.codes.sort()).toEqual([...codes].sort());
  expect(codes).toHaveLength(40);
});

test.each(codes)('an injected %s has the provider’s body', async (code) => {
  inject('get_application', code);
  const { status, body } = await world.call('GET', '/application');
  const [documentedStatus, message] = errorCodes[code];
  expect(documented('ErrorResponse').safeParse(body)).toMatchObject({ success: true });
  expect({ status, ...body }).toMatchObject({ status: documentedStatus, code: status, error: code, message });
});

test('an injected status without a code has a body without a code', async () => {
  world.stack.faults.add({ operation: 'get_application', effect: 'status', status: 500 });
  const { body } = await world.call('GET', '/application');
  expect(documented('ErrorResponse').safeParse(body)).toMatchObject({ success: true });
  expect(body).toMatchObject({ code: 500, message: 'Internal Server Error' });
  expect(body).not.toHaveProperty('error');
});

describe.each(codes)('%s', (code) => {
  const [ofRead, ofInitiation] = decided[code];

  test(`tells of a balance: ${ofRead}`, async () => {
    inject('get_balances', code);
    await expect(read('DNB')).rejects.toMatchObject({ code: ofRead, details: { providerCode: code } });
  });

  test(`tells of an initiation: ${ofInitiation}`, async () => {
    inject('create_payment', code);
    await expect(world.pay('DNB', { by: provider })).rejects.toMatchObject({
      code: ofInitiation,
      details: { providerCode: code },
    });
  });

  const isOfBank = code === 'ASPSP_ERROR' || code === 'ASPSP_TIMEOUT';
  test(`counts against ${isOfBank ? 'the bank, and not against the provider' : 'no breaker'}`, async () => {
    await read('DNB');
    inject('get_balances', code);
    await failFor(6, 'DNB');
    world.stack.faults.clear();
    if (isOfBank) await expect(read('DNB')).rejects.toMatchObject({ details: { outcome: 'not_sent' } });
    else await expect(read('DNB')).resolves.toBeDefined();
    await expect(read('Nordea')).resolves.toBeDefined();
  });
});

test.each(['ASPSP_ERROR', 'ASPSP_TIMEOUT'] as const)(
  '%s at four banks leaves the provider open to the fifth',
  async (code) => {
    inject('get_balances', code);
    const [fifth = '', ...others] = accounts.keys();
    for (const bank of others) await failFor(6, bank);
    world.stack.faults.clear();
    await expect(read(fifth)).resolves.toBeDefined();
  },
);
