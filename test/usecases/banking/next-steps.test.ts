import { expect, test } from 'vitest';
import { redirectTo, type NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import type { PendingConsent } from '#services/open-banking/service.ts';
import { findConnection, type BankConnection } from '#store/bank-connections.ts';
import { checkConnection } from '#usecases/banking/complete-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { customer } from '../../support/context.ts';
import { access, MadeUpBank, page } from './made-up-bank.ts';

const decoupled: NextStep = { kind: 'decoupled', message: 'Bekreft: 4711', askAgainMs: 4_000 };
const request = { bankId: 'dnb-accounts', access, locale: 'nb' } as const;

async function connectionOf({ context, user }: MadeUpBank, id: string): Promise<BankConnection | undefined> {
  return findConnection(context.store.database, { id, userId: user.id });
}

test('a consent that the bank exempts from approval is completed at once', async () => {
  const bank = await MadeUpBank.start();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: { kind: 'none' } });
  bank.provider.ais.completeConsent = async ({ parameters, pending }) => {
    expect([...parameters]).toEqual([]);
    expect(pending).toMatchObject({ reference: 'consent-1', bankId: 'dnb-accounts', state: undefined });
    return { kind: 'granted', grant: bank.grant() };
  };
  const { id, next } = await startConnection(bank.context, bank.user, request);
  expect(next).toEqual({ kind: 'none' });
  expect(await connectionOf(bank, id)).toMatchObject({ status: 'active' });
  expect(await bank.accounts()).toMatchObject([{ balance: { amount: 1_000_000 }, bankId: 'dnb-accounts' }]);
});

test('a pending consent has what the start answered: reference, bank, state and redirect address', async () => {
  const bank = await MadeUpBank.start();
  let given = '';
  let pending: PendingConsent | undefined;
  bank.provider.ais.startConsent = async ({ state }) => {
    given = state;
    return { reference: 'consent-7', next: redirectTo(page) };
  };
  bank.provider.ais.completeConsent = async (returned) => {
    ({ pending } = returned);
    return { kind: 'granted', grant: bank.grant('consent-7') };
  };
  await startConnection(bank.context, bank.user, request);
  await returnFromBank(bank.context, bank.user, {
    parameters: new URLSearchParams({ state: given }),
    access,
  });
  expect(pending).toMatchObject({
    reference: 'consent-7',
    bankId: 'dnb-accounts',
    state: given,
    redirectUri: bank.context.bankCallbackUrlAt('made-up'),
  });
});

test('a consent with two steps leads from the first page to the second, and then to the accounts', async () => {
  const bank = await MadeUpBank.start();
  let given = '';
  const answers: NextStep[] = [redirectTo('https://bank.example/second')];
  bank.provider.ais.startConsent = async ({ state }) => {
    given = state;
    return { reference: 'consent-1', next: redirectTo(page) };
  };
  bank.provider.ais.completeConsent = async () => {
    const next = answers.shift();
    return next ? { kind: 'pending', next } : { kind: 'granted', grant: bank.grant() };
  };
  const { id } = await startConnection(bank.context, bank.user, request);
  const comeBack = () =>
    returnFromBank(bank.context, bank.user, { parameters: new URLSearchParams({ state: given }), access });
  expect(await comeBack()).toBe('https://bank.example/second');
  expect(await connectionOf(bank, id)).toMatchObject({ status: 'pending' });
  expect(await comeBack()).toBe(`/accounts?connection=${id}`);
  expect(await connectionOf(bank, id)).toMatchObject({ status: 'active' });
});

test('a second step at an address that is not allowed is not followed', async () => {
  const bank = await MadeUpBank.start();
  let given = '';
  bank.provider.ais.startConsent = async ({ state }) => {
    given = state;
    return { reference: 'consent-1', next: redirectTo(page) };
  };
  bank.provider.ais.completeConsent = async () => ({
    kind: 'pending',
    next: redirectTo('http://bank.example/'),
  });
  await startConnection(bank.context, bank.user, request);
  const parameters = new URLSearchParams({ state: given });
  expect(await returnFromBank(bank.context, bank.user, { parameters, access })).toBe(
    '/banks?outcome=bank_unavailable',
  );
});

test('a decoupled consent is asked about no sooner than the provider wants, until it is granted', async () => {
  const bank = await MadeUpBank.start();
  let asked = 0;
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: decoupled });
  bank.provider.ais.completeConsent = async () => {
    asked += 1;
    return asked < 2 ? { kind: 'pending', next: decoupled } : { kind: 'granted', grant: bank.grant() };
  };
  const { id, next } = await startConnection(bank.context, bank.user, request);
  expect(next).toEqual(decoupled);
  const check = () => checkConnection(bank.context, bank.user, { id, access });
  expect(await check()).toMatchObject({ status: 'pending', decoupledStep: { message: 'Bekreft: 4711' } });
  expect(asked).toBe(0);
  bank.context.clock.advance(4_000);
  expect(await check()).toMatchObject({ status: 'pending' });
  expect(await check()).toMatchObject({ status: 'pending' });
  expect(asked).toBe(1);
  bank.context.clock.advance(4_000);
  expect(await check()).toMatchObject({ status: 'active', decoupledStep: undefined });
});

test('a decoupled consent that the customer refuses in the app is cancelled', async () => {
  const bank = await MadeUpBank.start();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: decoupled });
  bank.provider.ais.completeConsent = async () =>
    Promise.reject(new DropError('consent_cancelled', { outcome: 'refused' }));
  const { id } = await startConnection(bank.context, bank.user, request);
  bank.context.clock.advance(4_000);
  await expect(checkConnection(bank.context, bank.user, { id, access })).rejects.toMatchObject({
    code: 'consent_cancelled',
  });
  expect(await connectionOf(bank, id)).toMatchObject({ status: 'cancelled' });
});

test("another customer's decoupled consent is not asked about", async () => {
  const bank = await MadeUpBank.start();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: decoupled });
  const { id } = await startConnection(bank.context, bank.user, request);
  bank.context.clock.advance(4_000);
  const stranger = await customer(bank.context);
  await expect(checkConnection(bank.context, stranger, { id, access })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a return without a state is recognised by its provider', async () => {
  const bank = await MadeUpBank.start();
  bank.provider.identifyReturn = (parameters) => {
    const reference = parameters.get('consentId');
    return reference === null ? undefined : { reference };
  };
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-9', next: redirectTo(page) });
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant('consent-9') });
  const { id } = await startConnection(bank.context, bank.user, request);
  const parameters = new URLSearchParams({ consentId: 'consent-9' });
  expect(await returnFromBank(bank.context, bank.user, { parameters, access })).toBe(
    `/accounts?connection=${id}`,
  );
});

test("a return that names another customer's consent is refused", async () => {
  const bank = await MadeUpBank.start();
  bank.provider.identifyReturn = (parameters) => ({ reference: parameters.get('consentId') ?? '' });
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-9', next: redirectTo(page) });
  await startConnection(bank.context, bank.user, request);
  const stranger = await customer(bank.context);
  const parameters = new URLSearchParams({ consentId: 'consent-9' });
  await expect(returnFromBank(bank.context, stranger, { parameters, access })).rejects.toMatchObject({
    code: 'consent_state_mismatch',
  });
});

test('a granted consent that cannot be kept is ended also where its reference was known from the start', async () => {
  const bank = await MadeUpBank.start();
  const ended: string[] = [];
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: { kind: 'none' } });
  bank.provider.ais.completeConsent = async () => ({
    kind: 'granted',
    grant: { ...bank.grant(), bankId: 'another bank' },
  });
  bank.provider.ais.revokeConsent = async ({ reference }) => void ended.push(reference);
  await expect(startConnection(bank.context, bank.user, request)).rejects.toMatchObject({
    code: 'consent_failed',
  });
  expect(ended).toEqual(['consent-1']);
});

test.each([
  [false, 'consent_revoked', 'revoked'],
  [true, 'consent_expired', 'expired'],
])('an end without a cause, after its time %s, counts as %s', async (isLate, code, status) => {
  const bank = await MadeUpBank.start();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: { kind: 'none' } });
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant() });
  const { id } = await startConnection(bank.context, bank.user, request);
  const [account] = await bank.accounts();
  bank.provider.ais.readBalance = async () => {
    if (isLate) bank.context.clock.advance(91 * 86_400_000);
    throw new DropError('consent_ended', { outcome: 'refused' });
  };
  const { refreshBalance } = await import('#usecases/banking/refresh-balance.ts');
  const reading = refreshBalance(bank.context, bank.user, { accountId: account?.id ?? '', access });
  await expect(reading).rejects.toMatchObject({ code });
  expect(await connectionOf(bank, id)).toMatchObject({ status });
});
