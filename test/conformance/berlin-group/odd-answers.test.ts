import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fixture } from '#services/open-banking/berlin-group/fixture.ts';
import { listenOnLoopback, type LoopbackServer } from '../../support/loopback.ts';
import { attended, capability, consentRequest, dropError, paymentRequest } from '../open-banking-subjects.ts';
import { BerlinGroupWorld } from './world.ts';

/** The client, on documented answers that no emulated bank gives. */
const examples = z
  .record(z.string(), z.record(z.string(), z.unknown()).or(z.string()))
  .parse(fixture('documented-examples'));

let server: LoopbackServer;
let world: BerlinGroupWorld;
let requests: string[];

beforeEach(async () => {
  server = await listenOnLoopback(0);
  requests = [];
  world = await BerlinGroupWorld.start({ BERLIN_GROUP_API_URL: server.origin });
});
afterEach(async () => {
  await world.close();
  await server.close();
});

/** Answers by method and path, and to anything else 404. */
function answer(answers: Record<string, unknown>, headers: Record<string, string> = {}): void {
  server.handle(({ method, url }) => {
    const asked = `${method} ${new URL(url).pathname}`;
    requests.push(asked);
    const body = answers[asked];
    if (body === undefined) return new Response(null, { status: method === 'DELETE' ? 204 : 404 });
    return Response.json(body, { status: method === 'POST' ? 201 : 200, headers });
  });
}

const consents = 'POST /dnb/v1/consents';
const payments = 'POST /dnb/v1/payments/norwegian-domestic-credit-transfers';
const pay = () => world.pis.initiatePayment(paymentRequest('dnb', {}, undefined), attended);
const linked = (name: string, links: object): unknown => {
  const example = z.looseObject({ _links: z.object() }).parse(examples[name]);
  return { ...example, _links: { ...example._links, ...links } };
};

describe('a consent', () => {
  const start = () => world.ais.startConsent(consentRequest('dnb'), attended);

  test.each([
    ['embedded', 'consentResponseExample4_Embedded'],
    ['OAuth', 'consentResponseExample2_OAuth2'],
  ])('with %s approval is refused by that name', async (name, example) => {
    answer({ [consents]: examples[example] });
    await expect(start()).rejects.toEqual(dropError('consent_failed', 'refused'));
    await expect(start()).rejects.toThrow(`the bank wants ${name} approval`);
  });

  test('that is linked in Location alone is followed there', async () => {
    const location = `${server.origin}/psd2/v1/consents/1234-wertiq-983`;
    answer({ [consents]: examples['consentResponseExample1a_Redirect'] }, { location });
    const asked = consentRequest('dnb');
    await world.ais.startConsent(asked, attended);
    expect(await asked.secrets.read()).toMatchObject({
      self: '/psd2/v1/consents/1234-wertiq-983',
      status: '/psd2/v1/consents/1234-wertiq-983/status',
    });
  });

  test('without any link to it is not begun', async () => {
    answer({ [consents]: examples['consentResponseExample1a_Redirect'] });
    await expect(start()).rejects.toEqual(dropError('provider_invalid_response'));
  });

  test('whose message is longer than any message is approved in the app all the same', async () => {
    const path = { href: '/dnb/v1/consents/1' };
    const started = linked('consentResponseExample1a_Redirect', { self: path });
    answer({ [consents]: Object.assign({}, started, { psuMessage: 'Godkjenn '.repeat(1_000) }) });
    expect(await start()).toMatchObject({ next: { kind: 'decoupled' } });
  });

  test.each([undefined, '31.12.2026'])(
    'that was withdrawn has ended where its date is %s',
    async (validUntil) => {
      const path = '/dnb/v1/consents/1';
      answer({ [`GET ${path}`]: { consentStatus: 'revokedByPsu', validUntil } });
      const { secrets } = consentRequest('dnb');
      await secrets.change(async () => ({ self: path }));
      expect(await world.ais.readConsent({ reference: 'dnb:1', bankId: 'dnb', secrets })).toEqual({
        kind: 'ended',
        cause: 'revoked',
      });
    },
  );

  test('whose links lead to another host is not begun', async () => {
    const self = { href: 'https://other.example/consents/1' };
    answer({ [consents]: linked('consentResponseExample1a_Redirect', { self }) });
    await expect(start()).rejects.toEqual(dropError('provider_invalid_response'));
  });
});

describe('what a consent grants', () => {
  const consentPath = '/dnb/v1/consents/1';
  const href = (path: string) => ({ href: path });
  const account = (resourceId: string, balances: string, change: object = {}): object => ({
    resourceId,
    bban: '12345678903',
    _links: { balances: href(balances) },
    ...change,
  });

  /** The accounts that are granted where the bank lists these. */
  async function granted(...accounts: object[]) {
    answer({
      [consents]: linked('consentResponseExample1a_Redirect', { self: href(consentPath) }),
      [`GET ${consentPath}`]: { consentStatus: 'valid', validUntil: '2027-01-01' },
      'GET /dnb/v1/accounts': { accounts },
    });
    const asked = consentRequest('dnb');
    const { reference } = await world.ais.startConsent(asked, attended);
    const returned = { parameters: new URLSearchParams(), pending: { ...asked, reference } };
    const progress = await world.ais.completeConsent(returned, attended);
    return progress.kind === 'granted' ? progress.grant.accounts : [];
  }

  test.each(['https://other.example/balances', '//other.example/balances', 'http://['])(
    'is not the account whose balances are at %s',
    async (elsewhere) => {
      const accounts = [account('a', elsewhere), account('b', '/dnb/v1/accounts/b/balances')];
      expect(await granted(...accounts)).toMatchObject([{ reference: 'b' }]);
    },
  );

  test('is an account of no currency where it says so, whose name is shown as it reads', async () => {
    const change = { currency: 'XXX', displayName: '\u202eBrukskonto', name: 'x' };
    expect(await granted(account('a', '/dnb/a/balances', change))).toMatchObject([
      { currency: undefined, name: 'Brukskonto' },
    ]);
  });
});

describe('a payment', () => {
  const path = '/dnb/v1/payments/1';
  const self = { href: path };
  const secretsOf = (kept: Record<string, string>) => {
    const { secrets } = paymentRequest('dnb', {}, undefined);
    return secrets.change(async () => kept).then(() => secrets);
  };

  test('whose status is at another host is begun all the same', async () => {
    const status = { href: 'https://other.example/payments/1/status' };
    const scaRedirect = { href: 'https://bank.example/approve' };
    const links = { self, status, scaRedirect };
    answer({ [payments]: linked('paymentInitiationExample_json_Redirect', links) });
    expect(await pay()).toMatchObject({ reference: `dnb:${path}`, next: { kind: 'redirect' } });
  });

  test('whose id is a number is begun, and read by it', async () => {
    const scaRedirect = { href: 'https://bank.example/approve' };
    const begun = linked('paymentInitiationExample_json_Redirect', { self, scaRedirect }) as object;
    answer({ [payments]: { ...begun, paymentId: 1234 } });
    expect(await pay()).toMatchObject({ reference: `dnb:${path}`, next: { kind: 'redirect' } });
  });

  test.each([12.5, 2 ** 53, true, null])(
    'whose id is %j is not known to have been begun',
    async (paymentId) => {
      const scaRedirect = { href: 'https://bank.example/approve' };
      const begun = linked('paymentInitiationExample_json_Redirect', { self, scaRedirect }) as object;
      answer({ [payments]: { ...begun, paymentId } });
      await expect(pay()).rejects.toEqual(dropError('payment_outcome_unknown', 'unknown'));
    },
  );

  test('with embedded approval that is not taken back is not refused', async () => {
    answer({
      [payments]: linked('paymentInitiationExample_json_Embedded', { self, updatePsuAuthentication: self }),
      [`DELETE ${path}`]: { transactionStatus: 'ACSP' },
    });
    expect(await pay()).toMatchObject({ status: 'awaiting_authorisation', next: { kind: 'none' } });
  });

  test('that was rejected is rejected where nothing can be learned of the funds', async () => {
    answer({ [`GET ${path}`]: { transactionStatus: 'RJCT' } });
    const secrets = await secretsOf({ status: `${path}/status` });
    const key = { reference: `dnb:${path}`, bankId: 'dnb', secrets };
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'rejected', reason: undefined });
  });

  test('that settled has settled, though its approval is said to be open', async () => {
    const scaStatus = `${path}/authorisations/1`;
    answer({
      [`GET ${path}`]: { transactionStatus: 'ACSC' },
      [`GET ${scaStatus}`]: { scaStatus: 'started' },
    });
    const key = {
      reference: `sparebank1:${path}`,
      bankId: 'sparebank1',
      secrets: await secretsOf({ scaStatus }),
    };
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'settled' });
  });

  test('whose cancellation wants embedded approval stands, and is not called refused', async () => {
    const updatePsuAuthentication = { href: `${path}/cancellation-authorisations/1` };
    answer({
      [`DELETE ${path}`]: { transactionStatus: 'ACTC', _links: { self, updatePsuAuthentication } },
    });
    await expect(
      world.cancel({ reference: `dnb:${path}`, bankId: 'dnb', secrets: undefined }),
    ).rejects.toEqual(dropError('payment_not_cancellable', 'refused'));
  });

  test('with embedded approval is refused by that name, and taken back at the bank', async () => {
    answer({ [payments]: examples['paymentInitiationExample_json_Embedded'] });
    await expect(pay()).rejects.toEqual(dropError('payment_refused_by_bank', 'refused'));
    expect(requests).toEqual([payments, 'DELETE /psd2/v1/payments/1234-wertiq-983']);
  });

  test('is followed where its links lead, without the product too', async () => {
    const path = '/psd2/v1/payments/1234-wertiq-983';
    const started = linked('paymentInitiationExample_json_Redirect', { self: { href: path } });
    answer({ [payments]: started, [`GET ${path}`]: { transactionStatus: 'ACSC' } });
    const { reference } = await pay();
    expect(reference).toBe(`dnb:${path}`);
    const key = { reference, bankId: 'dnb', secrets: undefined };
    expect(await world.pis.readPayment(key)).toMatchObject({
      status: 'settled',
      order: { kind: 'unreadable' },
    });
  });

  test.each([
    ['without any link to it', { self: {} }],
    ['whose link leads to another host', { self: { href: 'https://other.example/payments/1' } }],
  ])('%s has an outcome that is not known', async (_case, links) => {
    answer({ [payments]: linked('paymentInitiationExample_json_Redirect', links) });
    await expect(pay()).rejects.toEqual(dropError('payment_outcome_unknown', 'unknown'));
  });

  test('whose only link is longer than what can be kept has an outcome that is not known', async () => {
    const location = `${path}?${'a'.repeat(8_000)}`;
    answer({ [payments]: linked('paymentInitiationExample_json_Redirect', { self: {} }) }, { location });
    await expect(pay()).rejects.toEqual(dropError('payment_outcome_unknown', 'unknown'));
  });

  test('whose cancellation the bank answers with RJCR stands', async () => {
    const started = linked('paymentInitiationExample_json_Redirect', { self: { href: path } });
    answer({ [payments]: started, [`DELETE ${path}`]: { transactionStatus: 'RJCR' } });
    const { reference } = await pay();
    const key = { reference, bankId: 'dnb', secrets: undefined };
    await expect(world.cancel(key)).rejects.toEqual(dropError('payment_not_cancellable', 'refused'));
  });
});

describe('the transactions of an account', () => {
  const path = '/dnb/v1/accounts/a/transactions';
  const period = { from: '2026-11-01', to: '2026-11-30' };
  const booked = (transactionId: string, change: object = {}): object => ({
    transactionId,
    endToEndId: '0f8fad5bd9cb469fa16570867728950e',
    transactionAmount: { currency: 'NOK', amount: '-250.00' },
    creditorAccount: { bban: '15032080178' },
    ...change,
  });
  const page = (transactions: readonly object[], next?: string): object => ({
    transactions: { booked: transactions, _links: next === undefined ? {} : { next: { href: next } } },
  });

  /** What is read where the pages have these answers. */
  async function read(pages: Record<string, object>) {
    const answers = Object.entries(pages).map(([name, body]): [string, object] => [
      `GET ${path}${name}`,
      body,
    ]);
    answer(Object.fromEntries(answers));
    const { secrets } = consentRequest('dnb');
    await secrets.change(async () => ({ 'transactions:a': path }));
    const consent = { reference: 'dnb:1', bankId: 'dnb', secrets };
    const transactions = capability(world.ais.transactions);
    return transactions.readTransactions({ reference: 'a', consent }, period, { kind: 'unattended' });
  }

  test('whose pages lead back to one that was read are read once', async () => {
    const [first, second] = [page([booked('1')], `${path}/2`), page([booked('2')], `${path}/2`)];
    expect(await read({ '': first, '/2': second })).toHaveLength(2);
    expect(requests).toHaveLength(2);
  });

  test('whose pages never end are read to the fifth', async () => {
    const pages = Array.from({ length: 9 }, (_, number): [string, object] => [
      number === 0 ? '' : `/${number}`,
      page([booked(`${number}`)], `${path}/${number + 1}`),
    ]);
    expect(await read(Object.fromEntries(pages))).toHaveLength(5);
  });

  test.each(['https://other.example/2', '//other.example/2', 'file:///etc/passwd'])(
    'whose next page is at %s are not followed there',
    async (next) => {
      expect(await read({ '': page([booked('1')], next) })).toHaveLength(1);
      expect(requests).toHaveLength(1);
    },
  );

  test('that the next page gives once more are no second payment', async () => {
    const pages = { '': page([booked('1')], `${path}/2`), '/2': page([booked('1'), booked('2')]) };
    expect(await read(pages)).toHaveLength(2);
  });

  test('that are twice on one page, or without an id, are two', async () => {
    expect(await read({ '': page([booked('1'), booked('1')]) })).toHaveLength(2);
    const unnamed = booked('', { transactionId: undefined });
    expect(await read({ '': page([unnamed], `${path}/2`), '/2': page([unnamed]) })).toHaveLength(2);
  });

  test('that have the id of another and another amount are two', async () => {
    const other = booked('1', { transactionAmount: { currency: 'NOK', amount: '-250.01' } });
    expect(await read({ '': page([booked('1')], `${path}/2`), '/2': page([other]) })).toHaveLength(2);
  });
});
