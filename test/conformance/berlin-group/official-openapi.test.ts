import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { attended, kroner, paymentRequest } from '../open-banking-subjects.ts';
import { readOpenApi, type Exchange, type OpenApi } from './openapi.ts';
import { BerlinGroupWorld, type BankId } from './world.ts';

/**
 * The official OpenAPI, as a file that is not part of Drop: it is the Berlin Group's, and half a megabyte. Without the
 * variable these tests are skipped.
 */
const path = process.env['BERLIN_GROUP_OPENAPI'];
const banks: BankId[] = ['dnb', 'sbanken', 'sparebank1', 'handelsbanken'];

/** What Norwegian banks do beyond the standard, each recorded in the README.md of the provider. */
const deviations = [/transactionStatus: (CNCL|RJCR) is not in the list$/];

describe.skipIf(path === undefined)('by the official OpenAPI (BERLIN_GROUP_OPENAPI names its file)', () => {
  let world: BerlinGroupWorld;
  let openApi: OpenApi;
  const exchanges: Exchange[] = [];

  beforeAll(async () => {
    openApi = readOpenApi(path ?? '');
    world = await BerlinGroupWorld.start();
    record(world, exchanges);
    for (const bankId of banks) await everything(world, bankId);
  }, 60_000);
  afterAll(() => world.close());

  test('every exchange between client and emulator is as documented', () => {
    const faults = exchanges.flatMap((exchange) =>
      openApi.faultsOf(exchange).map((fault) => `${exchange.method} ${exchange.path}: ${fault}`),
    );
    expect(faults.filter((fault) => !deviations.some((each) => each.test(fault)))).toEqual([]);
  });

  test('every kind of answer was among them', () => {
    const kinds = exchanges.map(({ method, path: asked, status }) => `${method} ${kindOf(asked)} ${status}`);
    expect([...new Set(kinds)].toSorted()).toEqual(expected.toSorted());
  });

  test.each([
    ['a field that is not documented', { surprise: 1 }, 'response.surprise: not documented'],
    ['a word that is not in the list', { consentStatus: 'granted' }, 'is not in the list'],
    ['a required field that is absent', { consentId: undefined }, 'response.consentId: missing'],
    ['a text in place of an object', { _links: 'x' }, 'response._links: no object'],
  ])('%s is noticed', (_case, changed, fault) => {
    const good = exchanges.find(({ method, path: asked }) => `${method} ${asked}` === 'POST /v1/consents');
    if (good === undefined) throw new RangeError('a consent was begun');
    const response: unknown = JSON.parse(JSON.stringify({ ...Object(good.response), ...changed }));
    expect(openApi.faultsOf({ ...good, response }).join()).toContain(fault);
  });

  test('a header that is missing, or is not documented, is noticed', () => {
    const good = exchanges.find(({ path: asked }) => asked === '/v1/accounts');
    if (good === undefined) throw new RangeError('accounts were listed');
    const headers = new Headers([...good.headers, ['x-surprise', '1']]);
    headers.delete('consent-id');
    expect(openApi.faultsOf({ ...good, headers })).toEqual([
      'header Consent-ID: missing',
      'header x-surprise: not documented',
    ]);
  });
});

const payments = '/v1/payments/norwegian-domestic-credit-transfers';
const instant = '/v1/payments/instant-norwegian-domestic-credit-transfers-straks';
const expected = [
  'DELETE /v1/consents/{id} 204',
  `DELETE ${instant}/{id} 405`,
  ...[202, 204, 405].map((status) => `DELETE ${payments}/{id} ${status}`),
  'GET /v1/accounts 200',
  ...[200, 401, 429].map((status) => `GET /v1/accounts/{id}/balances ${status}`),
  'GET /v1/accounts/{id}/transactions 200',
  'GET /v1/consents/{id} 200',
  ...['', '/authorisations/{id}', '/status'].map((part) => `GET ${payments}/{id}${part} 200`),
  ...['', '/authorisations/{id}'].map((part) => `GET ${instant}/{id}${part} 200`),
  'POST /v1/consents 201',
  'POST /v1/consents/{id}/authorisations 201',
  `POST ${instant} 201`,
  `POST ${instant}/{id}/authorisations 201`,
  ...[201, 400].map((status) => `POST ${payments} ${status}`),
  ...['', 'cancellation-'].map((kind) => `POST ${payments}/{id}/${kind}authorisations 201`),
];

const kindOf = (asked: string): string =>
  asked.replace(/\/(consents|accounts|[\w-]+-straks|norwegian[\w-]+|authorisations)\/[^/]+/g, '/$1/{id}');

function record({ stack }: BerlinGroupWorld, exchanges: Exchange[]): void {
  const { routes } = stack.emulator;
  const { fetch } = routes;
  routes.fetch = async (incoming, ...rest) => {
    const [, bankId = '', ...path] = new URL(incoming.url).pathname.split('/');
    if (!banks.some((each) => each === bankId)) return fetch(incoming, ...rest);
    const request = await jsonOf(incoming.clone());
    const answer = await fetch(incoming, ...rest);
    const type = answer.headers.get('content-type') ?? '';
    const response = await jsonOf(answer.clone());
    const { method, headers } = incoming;
    exchanges.push({
      method,
      path: `/${path.join('/')}`,
      headers,
      request,
      status: answer.status,
      type,
      response,
    });
    return answer;
  };
}

async function jsonOf(message: Request | Response): Promise<unknown> {
  const text = await message.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** All that Drop does at a bank, and what goes wrong there. */
async function everything(world: BerlinGroupWorld, bankId: BankId): Promise<void> {
  const { stack, ais, pis } = world;
  const { account, key } = await world.consent(bankId);
  await ais.readBalance(account, attended);
  for (let read = 0; read < 5; read += 1)
    await ais.readBalance(account, { kind: 'unattended' }).catch(() => undefined);
  const period = { from: '2026-01-01', to: '2026-03-01' };
  await ais.transactions?.readTransactions(account, period, attended);
  await ais.revokeConsent(key);
  await ais.readBalance(account, attended).catch(() => undefined);
  const orders = [
    { remittance: { kind: 'text', text: 'Faktura 42' } },
    { remittance: { kind: 'kid', kid: '1234567897' } },
    { money: kroner(99_000_000) },
    { execution: { kind: 'instant' } },
    { execution: { kind: 'on', date: '2026-03-05' } },
  ] as const;
  for (const order of orders) {
    const { key: paymentKey } = await world.approved(bankId, order);
    await pis.readPayment(paymentKey);
    await stack.pass(5_000);
    await pis.readPayment(paymentKey);
    await world.cancel(paymentKey).catch(() => undefined);
  }
  const { key: calledBack } = await world.approved(bankId);
  const { next } = await world.cancel(calledBack);
  const page = redirectUrlOf(next);
  if (page !== undefined) await stack.visit(page, 'cancel');
  await pis.readPayment(calledBack);
  await world.pay(bankId, { creditorAccountNumber: '86011117947' });
  const refused = paymentRequest(bankId, { creditorName: 'x'.repeat(200) }, undefined);
  await pis.initiatePayment(refused, attended).catch(() => undefined);
}
