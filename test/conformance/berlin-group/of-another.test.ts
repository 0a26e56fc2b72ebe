import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listenOnLoopback, type LoopbackServer } from '../../support/loopback.ts';
import {
  attended,
  capability,
  consentRequest,
  dropError,
  paymentKeyOf,
  paymentRequest,
} from '../open-banking-subjects.ts';
import { BerlinGroupWorld } from './world.ts';

/** The client at a bank whose answers name another payment, consent or account than the one that was asked about. */
let server: LoopbackServer;
let world: BerlinGroupWorld;

beforeEach(async () => {
  server = await listenOnLoopback(0);
  world = await BerlinGroupWorld.start({ BERLIN_GROUP_API_URL: server.origin });
});
afterEach(async () => {
  await world.close();
  await server.close();
});

function answer(answers: Record<string, unknown>): void {
  server.handle(({ method, url }) => {
    const body = answers[`${method} ${new URL(url).pathname}`];
    if (body === undefined) return new Response(null, { status: 404 });
    return Response.json(body, { status: method === 'POST' ? 201 : 200 });
  });
}

describe('a payment', () => {
  const path = '/dnb/v1/payments/1';
  const started = {
    transactionStatus: 'RCVD',
    paymentId: 'P-1',
    _links: { self: { href: path }, status: { href: `${path}/status` } },
  };

  async function begun(answers: Record<string, unknown>) {
    answer({ 'POST /dnb/v1/payments/norwegian-domestic-credit-transfers': started, ...answers });
    const asked = paymentRequest('dnb', {}, undefined);
    const { reference } = await world.pis.initiatePayment(asked, attended);
    return paymentKeyOf(asked, reference);
  }

  test.each([
    ['another', 'P-2', 'dnb:p-2'],
    ['no id but an object', { id: 'P-1' }, 'dnb:unreadable'],
    ['several', ['P-1'], 'dnb:unreadable'],
  ])('whose reading names %s is reported as another payment', async (_case, paymentId, reference) => {
    const key = await begun({ [`GET ${path}`]: { paymentId, transactionStatus: 'ACSC' } });
    expect(await world.pis.readPayment(key)).toMatchObject({ reference, status: 'settled' });
  });

  test.each([undefined, null, '', 'p-1'])(
    'whose reading names %s is the one that was asked about',
    async (paymentId) => {
      const key = await begun({ [`GET ${path}`]: { paymentId, transactionStatus: 'ACSC' } });
      expect(await world.pis.readPayment(key)).toMatchObject({ reference: key.reference });
    },
  );

  test('of a version that kept no id is not compared', async () => {
    const key = await begun({ [`GET ${path}`]: { paymentId: 'P-2', transactionStatus: 'ACSC' } });
    const read = world.pis.readPayment({ ...key, secrets: undefined });
    expect(await read).toMatchObject({ reference: key.reference });
  });

  test('whose status is that of another gets no reason from it', async () => {
    const status = { paymentId: 'P-2', transactionStatus: 'RJCT', fundsAvailable: false };
    const key = await begun({
      [`GET ${path}`]: { transactionStatus: 'RJCT' },
      [`GET ${path}/status`]: status,
    });
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'rejected', reason: undefined });
  });

  test('whose cancellation is answered about another leads to no approval', async () => {
    const scaRedirect = { href: 'https://bank.example/approve' };
    const body = { paymentId: 'P-2', transactionStatus: 'ACTC', _links: { scaRedirect } };
    const key = await begun({ [`DELETE ${path}`]: body });
    expect(await world.cancel(key)).toMatchObject({ reference: 'dnb:p-2', next: { kind: 'none' } });
  });
});

describe('a consent', () => {
  const path = '/dnb/v1/consents/c-1';

  async function keyOf(consentId: unknown) {
    answer({ [`GET ${path}`]: { consentId, consentStatus: 'valid', validUntil: '2027-01-01' } });
    const asked = consentRequest('dnb');
    await asked.secrets.change(async () => ({ self: path }));
    return { ...asked, reference: 'dnb:c-1' };
  }

  test('whose reading names another is not read', async () => {
    const reading = world.ais.readConsent(await keyOf('c-2'));
    await expect(reading).rejects.toEqual(dropError('provider_invalid_response', 'unknown'));
  });

  test('whose reading names it is read', async () => {
    expect(await world.ais.readConsent(await keyOf('c-1'))).toMatchObject({ kind: 'active' });
  });

  test('is not granted where the reading on return names another', async () => {
    const pending = await keyOf('c-2');
    const returned = { parameters: new URLSearchParams(), pending };
    const completion = world.ais.completeConsent(returned, attended);
    await expect(completion).rejects.toEqual(dropError('provider_invalid_response', 'unknown'));
  });
});

describe('an account', () => {
  const path = '/dnb/v1/accounts/a';
  const period = { from: '2026-11-01', to: '2026-11-30' };
  const money = { currency: 'NOK', amount: '5.00' };
  const balances = [{ balanceType: 'interimBooked', balanceAmount: money }];

  async function keyOf(account: unknown) {
    answer({
      [`GET ${path}/balances`]: { account, balances },
      [`GET ${path}/transactions`]: { account, transactions: { booked: [] } },
    });
    const { secrets } = consentRequest('dnb');
    const links = { 'balances:a': `${path}/balances`, 'transactions:a': `${path}/transactions` };
    await secrets.change(async () => links);
    return {
      reference: 'a',
      accountNumber: '12345678903',
      consent: { reference: 'dnb:1', bankId: 'dnb', secrets },
    };
  }

  const another = dropError('provider_invalid_response', 'unknown');
  const transactionsOf = (key: Awaited<ReturnType<typeof keyOf>>) =>
    capability(world.ais.transactions).readTransactions(key, period, { kind: 'unattended' });

  test.each([{ bban: '86011117947' }, { iban: 'NO9386011117947' }])(
    'whose balances are those of %o has none',
    async (account) => {
      await expect(world.ais.readBalance(await keyOf(account), attended)).rejects.toEqual(another);
    },
  );

  test('whose transactions are those of another has none', async () => {
    await expect(transactionsOf(await keyOf({ bban: '86011117947' }))).rejects.toEqual(another);
  });

  test.each([
    undefined,
    { bban: '1234 56 78903' },
    { iban: 'NO0712345678903' },
    { maskedPan: '1234xxxxxx1234' },
  ])('whose answers name %o is read', async (account) => {
    const key = await keyOf(account);
    expect(await world.ais.readBalance(key, attended)).toMatchObject({ money: { amount: 500 } });
    expect(await transactionsOf(key)).toEqual([]);
  });
});
