import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { redirectUrlOf, type NextStep } from '#domain/banking/next-step.ts';
import type {
  AccountInformation,
  AccountKey,
  PaymentInitiation,
  PaymentKey,
  PaymentRequest,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import { startEmulated, type EmulatedStack } from '../conformance/open-banking-stack.ts';
import {
  accountKeyOf,
  attended,
  bankIdAt,
  capability,
  consent,
  consentRequest,
  dropError,
  paymentBankIdAt,
  paymentRequest,
} from '../conformance/open-banking-subjects.ts';
import { fjordPay } from './fjord-pay/provider.ts';

/** The arms of the contract that no other provider uses, at the bank that uses each. */
const banks = { page: 'DNB', app: 'Nordea', twoPages: 'Handelsbanken', exempted: 'SpareBank 1' };
const inApp: NextStep = { kind: 'decoupled', message: 'Bekreft i appen: 4711', askAgainMs: 1_000 };
const debtorAccountNumber = '12345678903';

let stack: EmulatedStack;
let ais: AccountInformation;
let pis: PaymentInitiation;

beforeEach(async () => {
  stack = await startEmulated(fjordPay);
  ais = capability(stack.provider.ais);
  pis = capability(stack.provider.pis);
});
afterEach(() => stack.close());

const sends = (operation: string): number =>
  stack.attempts.filter((attempt) => attempt.operation === `fjord-pay.${operation}`).length;

describe('a consent', () => {
  const nothing = new URLSearchParams();

  test('that is approved in an app is pending until then', async () => {
    const request = consentRequest(await bankIdAt(ais, banks.app));
    const { reference, next } = await ais.startConsent(request, attended);
    expect(next).toEqual(inApp);
    const returned = { parameters: nothing, pending: { ...request, reference } };
    expect(await ais.completeConsent(returned, attended)).toEqual({ kind: 'pending', next: inApp });
    stack.clock.advance(2_000);
    expect(await ais.completeConsent(returned, attended)).toMatchObject({ kind: 'granted' });
  });

  test('that the bank exempts is granted without a step', async () => {
    const request = consentRequest(await bankIdAt(ais, banks.exempted));
    const { reference, next } = await ais.startConsent(request, attended);
    expect(next).toEqual({ kind: 'none' });
    const returned = { parameters: nothing, pending: { ...request, reference } };
    expect(await ais.completeConsent(returned, attended)).toMatchObject({ kind: 'granted' });
  });

  test('whose code was redeemed is completed although the next call failed', async () => {
    const { complete } = await consent(stack, await bankIdAt(ais, banks.page));
    stack.faults.add({ operation: 'read_consent', effect: 'status', status: 500, times: 1 });
    await expect(complete()).rejects.toEqual(dropError('bank_unavailable'));
    expect((await complete()).accounts).toHaveLength(2);
    expect(sends('redeem')).toBe(1);
  });

  test('that is answered with another one is not granted', async () => {
    const { complete } = await consent(stack, await bankIdAt(ais, banks.page));
    const { routes } = stack.emulator;
    const { fetch } = routes;
    routes.fetch = async (incoming, ...rest) => {
      const answer = await fetch(incoming, ...rest);
      if (!new URL(incoming.url).pathname.startsWith('/v1/consents/')) return answer;
      return Response.json({ ...((await answer.json()) as object), consent_id: 'another' });
    };
    await expect(complete()).rejects.toEqual(dropError('provider_invalid_response', 'unknown'));
  });

  test('is not begun for a customer of whom the bank is not told who they are', async () => {
    const request = { ...consentRequest(await bankIdAt(ais, banks.page)), customer: { id: 'customer-1' } };
    await expect(ais.startConsent(request, attended)).rejects.toEqual(dropError('provider_refused'));
  });

  test('whose access token has run out renews it once, for two reads at the same time', async () => {
    const account = await linkedAccount();
    await stack.pass(3_600_000);
    await Promise.all([ais.readBalance(account, attended), ais.readBalance(account, attended)]);
    expect(sends('redeem')).toBe(2);
  });

  test('renews its access token with the latest refresh token, each of which is good once', async () => {
    const account = await linkedAccount();
    for (const renewals of [1, 2, 3]) {
      await stack.pass(3_600_000);
      expect(await ais.readBalance(account, attended)).toMatchObject({ kind: 'available' });
      expect(sends('redeem')).toBe(1 + renewals);
    }
  });
});

describe('the transactions of an account', () => {
  const period = { from: '0001-01-01', to: '9999-12-31' };
  const read = (account: AccountKey) =>
    capability(ais.transactions).readTransactions(account, period, attended);

  test('are read with an access token that is renewed where it has run out', async () => {
    const account = await linkedAccount();
    await stack.pass(3_600_000);
    expect((await read(account)).length).toBeGreaterThan(20);
    expect(sends('redeem')).toBe(2);
  });

  test('are not covered by a consent that was never completed', async () => {
    const { request } = await consent(stack, await bankIdAt(ais, banks.page));
    const account = { reference: 'a-1', consent: { ...request, reference: 'c-1' } };
    expect(await capability(ais.transactions).areCovered(account)).toBe(false);
  });

  test('whose pages lead back are read once', async () => {
    const account = await linkedAccount();
    const { routes } = stack.emulator;
    const { fetch } = routes;
    const entry = { entry_id: 'e-1', state: 'booked', direction: 'out', amount: 100, currency: 'NOK' };
    routes.fetch = (incoming, ...rest) =>
      incoming.url.includes('/transactions?')
        ? Response.json({ transactions: [entry], next_page: '2' })
        : fetch(incoming, ...rest);
    expect(await read(account)).toHaveLength(1);
  });

  test('that two pages give are read once, and two of one page twice', async () => {
    const account = await linkedAccount();
    const { routes } = stack.emulator;
    const { fetch } = routes;
    const entry = { entry_id: 'e-1', state: 'booked', direction: 'out', amount: 100, currency: 'NOK' };
    const pages = [
      { transactions: [entry, entry], next_page: '2' },
      { transactions: [entry, { ...entry, entry_id: 'e-2' }] },
    ];
    routes.fetch = (incoming, ...rest) => {
      const url = new URL(incoming.url);
      return url.pathname.endsWith('/transactions')
        ? Response.json(pages[Number(url.searchParams.get('page') ?? 1) - 1])
        : fetch(incoming, ...rest);
    };
    expect((await read(account)).map(({ reference }) => reference)).toEqual(['e-1', 'e-1', 'e-2']);
  });

  test.each([
    ['an amount that is negative', { amount: -100 }],
    ['an amount that is a text', { amount: '100' }],
    ['a direction that is not known', { direction: 'sideways' }],
    ['a state that is not known', { state: 'imagined' }],
  ])('leave out one with %s', async (_what, change) => {
    const account = await linkedAccount();
    const { routes } = stack.emulator;
    const { fetch } = routes;
    const entry = { entry_id: 'e-1', state: 'booked', direction: 'out', amount: 100, currency: 'NOK' };
    routes.fetch = (incoming, ...rest) =>
      incoming.url.includes('/transactions?')
        ? Response.json({
            transactions: [
              { ...entry, ...change },
              { ...entry, entry_id: 'e-2' },
            ],
          })
        : fetch(incoming, ...rest);
    expect(await read(account)).toMatchObject([{ reference: 'e-2', isDebit: true, isBooked: true }]);
  });
});

describe('a payment', () => {
  test('that is approved in an app settles', async () => {
    const { started, key } = await initiate(banks.app);
    expect(started).toMatchObject({ status: 'awaiting_authorisation', next: inApp });
    await stack.pass(2_000);
    await stack.pass(5_000);
    expect(await pis.readPayment(key)).toMatchObject({ status: 'settled' });
  });

  test('that the bank exempts is authorised at once', async () => {
    const { started, key } = await initiate(banks.exempted);
    expect(started).toMatchObject({ status: 'authorised', next: { kind: 'none' } });
    await stack.pass(5_000);
    expect(await pis.readPayment(key)).toMatchObject({ status: 'settled' });
  });

  test('that needs a consent first leads from one page to the other', async () => {
    const { started, key } = await initiate(banks.twoPages);
    const parameters = await stack.visit(redirectUrlOf(started.next), 'approve');
    const second = await continuePayment(parameters, key);
    expect(second).toMatchObject({ status: 'awaiting_authorisation', next: { kind: 'redirect' } });
    expect(redirectUrlOf(second.next)).not.toBe(redirectUrlOf(started.next));
    const returned = await stack.visit(redirectUrlOf(second.next), 'approve');
    expect(await continuePayment(returned, key)).toMatchObject({
      status: 'authorised',
      next: { kind: 'none' },
    });
  });

  test('whose consent the customer declines is cancelled', async () => {
    const { started, key } = await initiate(banks.twoPages);
    const parameters = await stack.visit(redirectUrlOf(started.next), 'cancel');
    expect(await continuePayment(parameters, key)).toMatchObject({ status: 'cancelled' });
  });

  test('that is sent again with the same id is the same payment', async () => {
    const request = await requestAt(banks.page);
    const first = await pis.initiatePayment(request, attended);
    expect((await pis.initiatePayment(request, attended)).reference).toBe(first.reference);
    expect(stack.emulator.state()).toMatchObject({ payments: [{}] });
  });

  test('that was approved and then called back moves no money', async () => {
    const account = await linkedAccount();
    const before = await ais.readBalance(account, attended);
    const { started, key } = await initiate(banks.page);
    await stack.visit(redirectUrlOf(started.next), 'approve');
    expect(await cancel(key)).toMatchObject({ status: 'cancelled', next: { kind: 'none' } });
    await stack.pass(5_000);
    expect(await pis.readPayment(key)).toMatchObject({ status: 'cancelled' });
    expect((await ais.readBalance(account, attended)).money).toEqual(before.money);
  });

  test('whose cancellation is approved in an app is cancelled then', async () => {
    const { key } = await initiate(banks.app);
    expect(await cancel(key)).toMatchObject({ status: 'awaiting_authorisation', next: inApp });
    await stack.pass(2_000);
    await stack.pass(5_000);
    expect(await pis.readPayment(key)).toMatchObject({ status: 'cancelled' });
  });

  test('is not called back without the token that is kept for it', async () => {
    const { key } = await initiate(banks.page);
    await expect(cancel({ ...key, secrets: undefined })).rejects.toEqual(
      dropError('consent_ended', 'refused'),
    );
  });
});

async function linkedAccount(): Promise<AccountKey> {
  const { complete } = await consent(stack, await bankIdAt(ais, banks.page));
  return accountKeyOf(await complete());
}

async function requestAt(bankName: string): Promise<PaymentRequest> {
  return paymentRequest(await paymentBankIdAt(ais, bankName), { debtorAccountNumber }, stack.webhookUrl);
}

async function initiate(bankName: string): Promise<{ started: SteppedPayment; key: PaymentKey }> {
  const request = await requestAt(bankName);
  const started = await pis.initiatePayment(request, attended);
  return { started, key: { ...request, reference: started.reference } };
}

const continuePayment = (parameters: URLSearchParams, payment: PaymentKey): Promise<SteppedPayment> =>
  capability(pis.continuePayment)({ parameters, payment }, attended);

const cancel = (payment: PaymentKey): Promise<SteppedPayment> =>
  capability(pis.cancelPayment)(payment, attended);
