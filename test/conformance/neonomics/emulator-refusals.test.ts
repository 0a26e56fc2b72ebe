import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NeonomicsWorld, tokenPath } from './world.ts';

/** What another client meets: the documented refusals, each with its status and code. */
let world: NeonomicsWorld;
let headers: Record<string, string>;
beforeEach(async () => {
  world = await NeonomicsWorld.start();
  headers = { authorization: `Bearer ${await world.token()}`, 'x-device-id': 'device' };
});
afterEach(() => world.close());

const order = {
  debtorAccount: { bban: '12345678903' },
  debtorName: 'Kari Prøve',
  creditorAccount: { iban: 'NO0995360573002' },
  creditorName: 'Nordlys Strøm AS',
  instrumentedAmount: '125.50',
  currency: 'NOK',
  endToEndIdentification: 'e2e-1',
  remittanceInformationUnstructured: 'Faktura 42',
};
const withoutText = { ...order, remittanceInformationUnstructured: undefined };
const kid = { remittanceInformationStructured: { reference: '744466', referenceType: 'KID' } };

async function session(bankName: string): Promise<Record<string, string>> {
  const { body } = await world.call('GET', `/ics/v3/banks?name=${encodeURIComponent(bankName)}`, { headers });
  const [bank] = body as unknown as { id: string }[];
  const created = await world.call('POST', '/ics/v3/session', { headers, json: { bankId: bank?.id } });
  return { ...headers, 'x-session-id': String(created.body['sessionId']) };
}

const pay = async (product: string, json: object, bankName = 'SpareBank 1') =>
  world.call('POST', `/ics/v3/payments/${product}`, { headers: await session(bankName), json });

describe('the token endpoint', () => {
  test.each([
    ['a secret that is wrong', { client_secret: 'wrong' }, 401, 'unauthorized_client'],
    ['a grant that is another', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['a refresh token that was never given', { grant_type: 'refresh_token' }, 400, 'invalid_grant'],
  ])('refuses %s', async (_what, change, status, error) => {
    const { OPENBANKING_CLIENT_ID = '', OPENBANKING_CLIENT_SECRET = '' } = world.stack.environment;
    const form = {
      grant_type: 'client_credentials',
      client_id: OPENBANKING_CLIENT_ID,
      client_secret: OPENBANKING_CLIENT_SECRET,
      ...change,
    };
    expect(await world.call('POST', tokenPath, { form })).toMatchObject({ status, body: { error } });
  });
});

test('a token that was made up is refused by the gateway', async () => {
  const forged = { ...headers, authorization: `Bearer ${Date.UTC(2100, 0)}.AAAA` };
  expect(await world.call('GET', '/ics/v3/banks', { headers: forged })).toMatchObject({ status: 401 });
});

test.each([
  ['a device', '/ics/v3/banks', 'x-device-id'],
  ['a session', '/ics/v3/accounts', 'x-session-id'],
])('a call without %s is refused with 1001', async (_what, path, missing) => {
  const sent = { ...(await session('SpareBank 1')) };
  delete sent[missing];
  expect(await world.call('GET', path, { headers: sent })).toMatchObject({
    status: 510,
    body: { errorCode: '1001', source: 'C', links: [] },
  });
});

test('the session of one device is none to another', async () => {
  const sent = { ...(await session('SpareBank 1')), 'x-device-id': 'another' };
  expect(await world.call('GET', '/ics/v3/accounts', { headers: sent })).toMatchObject({ status: 510 });
});

test('a bank that asks for the number gives no consent without it', async () => {
  const sent = await session('DNB');
  const path = `/ics/v3/consent/${sent['x-session-id']}?scope=accounts`;
  expect(await world.call('GET', path, { headers: sent })).toMatchObject({ body: { errorCode: '1001' } });
  const plain = { ...sent, 'x-psu-id': '13878099999' };
  expect(await world.call('GET', path, { headers: plain })).toMatchObject({ body: { errorCode: '1002' } });
});

test('a return to an address that is not registered is refused', async () => {
  const sent: Record<string, string> = await session('SpareBank 1');
  sent['x-redirect-url'] = 'https://elsewhere.example/';
  const path = `/ics/v3/consent/${sent['x-session-id']}?scope=accounts`;
  expect(await world.call('GET', path, { headers: sent })).toMatchObject({ body: { errorCode: '1002' } });
});

describe('a payment', () => {
  test('of the three Norwegian kinds leads to its approval', async () => {
    const executed = { requestedExecutionDate: '2027-01-04' };
    const answers = [
      await pay('domestic-transfer', order),
      await pay('domestic-scheduled-transfer', { ...order, ...executed }),
      await pay('instant-domestic-transfer', order),
    ];
    expect(answers.map(({ body }) => body['errorCode'])).toEqual(['1428', '1428', '1428']);
  });

  test.each([
    ['without a remittance', withoutText, '1002'],
    ['with both kinds of remittance', { ...order, ...kid }, '1002'],
    ['with a KID that is none', { ...withoutText, ...kid, remittanceInformationStructured: {} }, '1002'],
    [
      'with an account whose control digit is wrong',
      { ...order, creditorAccount: { bban: '12345678901' } },
      '1003',
    ],
    ['over the limit', { ...order, instrumentedAmount: '1000000.01' }, '1023'],
    ['of nothing', { ...order, instrumentedAmount: '0.00' }, '1002'],
    ['in another currency', { ...order, currency: 'EUR' }, '1002'],
    ['without the name of the payer', { ...order, debtorName: '' }, '1002'],
    ['with a letter that banks do not carry', { ...order, creditorName: 'Łódź AS' }, '1048'],
  ])('%s is refused', async (_what, json, errorCode) => {
    expect(await pay('domestic-transfer', json)).toMatchObject({ status: 510, body: { errorCode } });
    expect(world.stack.emulator.state()).toMatchObject({ payments: [] });
  });

  test.each([
    ['a kind that is not known', 'teleport', order],
    ['an instant one with a KID', 'instant-domestic-transfer', { ...withoutText, ...kid }],
    ['a scheduled one without a date', 'domestic-scheduled-transfer', order],
    [
      'a scheduled one in the past',
      'domestic-scheduled-transfer',
      { ...order, requestedExecutionDate: '2001-01-01' },
    ],
    [
      'a scheduled one too far ahead',
      'domestic-scheduled-transfer',
      { ...order, requestedExecutionDate: '2099-01-01' },
    ],
    ['a date with any other', 'domestic-transfer', { ...order, requestedExecutionDate: '2027-01-04' }],
  ])('refuses %s', async (_what, product, json) => {
    expect(await pay(product, json)).toMatchObject({ status: 510, body: { errorCode: '1002' } });
  });

  test('is not instant at a bank that has no such', async () => {
    expect(await pay('instant-domestic-transfer', order, 'Handelsbanken')).toMatchObject({
      status: 510,
      body: { errorCode: '1002' },
    });
  });

  test('can be called back only where it is scheduled', async () => {
    const sent = await session('SpareBank 1');
    const cancel = async (product: string, json: object) => {
      const { body } = await world.call('POST', `/ics/v3/payments/${product}`, { headers: sent, json });
      const [link] = body['links'] as { meta: { id: string } }[];
      return world.call('DELETE', `/ics/v3/payments/${product}/${link?.meta.id}`, { headers: sent });
    };
    expect(await cancel('domestic-transfer', order)).toMatchObject({ status: 510 });
    const scheduled = { ...order, requestedExecutionDate: '2027-01-04' };
    expect(await cancel('domestic-scheduled-transfer', scheduled)).toMatchObject({
      status: 200,
      body: { status: 'CANC' },
    });
  });
});
