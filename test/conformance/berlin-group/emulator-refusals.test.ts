import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callbackUrl } from '../open-banking-stack.ts';
import { BerlinGroupWorld, type BankId } from './world.ts';

/** No test changes what the emulator remembers. */
let world: BerlinGroupWorld;
beforeAll(async () => {
  world = await BerlinGroupWorld.start();
});
afterAll(() => world.close());

const products = {
  ordinary: '/v1/payments/norwegian-domestic-credit-transfers',
  instant: '/v1/payments/instant-norwegian-domestic-credit-transfers-straks',
};
const returns = { 'tpp-redirect-uri': `${callbackUrl}?state=1`, 'psu-id': '13878099999' };
const consent = {
  access: { accounts: [], balances: [] },
  recurringIndicator: true,
  validUntil: '2026-12-31',
  frequencyPerDay: 4,
  combinedServiceIndicator: false,
};
const payment = {
  debtorAccount: { bban: '12345678903' },
  instructedAmount: { currency: 'NOK', amount: '125.50' },
  creditorName: 'Nordlys Strøm AS',
  creditorAccount: { bban: '95360573002' },
};

async function codeOf(answer: ReturnType<BerlinGroupWorld['call']>): Promise<unknown> {
  const { status, body } = await answer;
  const { tppMessages, code } = (body ?? {}) as { tppMessages?: { code: string }[]; code?: string };
  return [status, tppMessages?.[0]?.code ?? code];
}

function post(bankId: BankId, path: string, json: object, headers: Record<string, string | undefined> = {}) {
  const body = JSON.stringify(json);
  return codeOf(world.call(bankId, path, { method: 'POST', body, headers: { ...returns, ...headers } }));
}

const anyUuid = randomUUID();

describe('a request', () => {
  test.each([
    ['without X-Request-ID', { 'x-request-id': undefined }, [400, 'FORMAT_ERROR']],
    ['whose X-Request-ID is no UUID', { 'x-request-id': '1' }, [400, 'FORMAT_ERROR']],
    ['that takes any type', { accept: '*/*' }, [406, 'REQUESTED_FORMATS_INVALID']],
    ['without a digest of its empty body', { digest: undefined }, [401, 'SIGNATURE_INVALID']],
    ['with the digest of another body', { digest: 'SHA-256=AAAA' }, [401, 'SIGNATURE_INVALID']],
    ['without a signature', { signature: undefined }, [401, 'SIGNATURE_MISSING']],
    ['with a signature of nothing', { signature: 'keyId="x"' }, [401, 'SIGNATURE_INVALID']],
    ['without a certificate', { 'tpp-signature-certificate': undefined }, [401, 'CERTIFICATE_MISSING']],
    ['with a certificate in PEM', { 'tpp-signature-certificate': '-----' }, [401, 'CERTIFICATE_INVALID']],
  ])('%s is refused', async (_case, headers, refusal) => {
    expect(await codeOf(world.call('dnb', '/v1/accounts', { headers }))).toEqual(refusal);
  });

  test.each([
    ['dnb', 'dnb', [403, 'CONSENT_UNKNOWN']],
    ['dnb', 'sparebank1', [401, 'SIGNATURE_INVALID']],
    ['sparebank1', 'dnb', [401, 'SIGNATURE_INVALID']],
    ['sparebank1', 'handelsbanken', [401, 'SIGNATURE_INVALID']],
  ] as const)('to %s, signed as %s wants it, is answered %s', async (bankId, signedFor, answer) => {
    const headers = { 'consent-id': 'none' };
    expect(await codeOf(world.call(bankId, '/v1/accounts', { headers, signedFor }))).toEqual(answer);
  });

  test.each([
    ['of something else', { written: (text: string) => text.replace(/signature="..../, 'signature="AAAA') }],
    ['that signs less than the bank wants', { names: 'digest' }],
    ['that signs it in another order', { names: 'x-request-id digest' }],
    [
      'whose list is not what was signed',
      { written: (text: string) => text.replace('digest x-', 'digest,x-') },
    ],
    ['by another algorithm', { written: (text: string) => text.replace('rsa-sha256', 'hs2019') }],
    [
      'that names another certificate',
      { written: (text: string) => text.replace('keyId="SN=', 'keyId="SN=0') },
    ],
  ])('whose signature is one %s is refused', async (_case, options) => {
    const headers = { 'consent-id': 'none' };
    const answer = codeOf(world.call('dnb', '/v1/accounts', { headers, ...options }));
    expect(await answer).toEqual([401, 'SIGNATURE_INVALID']);
  });

  test('whose time is long ago is refused where the time is signed', async () => {
    const headers = { date: 'Sun, 05 Jan 2014 21:31:40 GMT', 'consent-id': 'none' };
    const ask = (bankId: BankId) => codeOf(world.call(bankId, '/v1/accounts', { headers }));
    expect(await ask('sparebank1')).toEqual([400, 'TIMESTAMP_INVALID']);
    expect(await ask('dnb')).toEqual([403, 'CONSENT_UNKNOWN']);
  });

  test('gets its X-Request-ID back', async () => {
    const headers = { 'x-request-id': anyUuid, ...returns };
    const body = JSON.stringify(consent);
    const answer = await world.call('dnb', '/v1/consents', { method: 'POST', headers, body });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-request-id': anyUuid } });
  });

  test('to a bank that does not speak this protocol finds none', async () => {
    expect(await codeOf(world.call('dnb', '/../nordea/v1/accounts'))).toEqual([404, 'RESOURCE_UNKNOWN']);
  });
});

describe('a consent', () => {
  test.each([
    ['without the customer’s address', consent, { 'psu-ip-address': undefined }, 'FORMAT_ERROR'],
    ['with an address that is none', consent, { 'psu-ip-address': 'localhost' }, 'FORMAT_ERROR'],
    ['without PSU-ID', consent, { 'psu-id': undefined }, 'FORMAT_ERROR'],
    ['without TPP-Redirect-URI', consent, { 'tpp-redirect-uri': undefined }, 'FORMAT_ERROR'],
    ['that leads elsewhere', consent, { 'tpp-redirect-uri': 'https://evil.example' }, 'FORMAT_ERROR'],
    ['whose flag is a text', { ...consent, recurringIndicator: 'true' }, {}, 'FORMAT_ERROR'],
    ['with five reads a day', { ...consent, frequencyPerDay: 5 }, {}, 'FORMAT_ERROR'],
    ['with a field that is not documented', { ...consent, state: 'x' }, {}, 'FORMAT_ERROR'],
    ['that has ended before it began', { ...consent, validUntil: '2020-01-01' }, {}, 'PERIOD_INVALID'],
  ])('%s is refused', async (_case, json, headers, code) => {
    expect(await post('dnb', '/v1/consents', json, headers)).toEqual([400, code]);
  });
});

const { ordinary, instant } = products;
const kid = { remittanceInformationStructured: { reference: '1234567897' } };
const fixes = { 'x-accept-fix': 'amount-as-string, longer-names' };

describe('a payment', () => {
  test.each([
    ['without the customer’s address', ordinary, payment, { 'psu-ip-address': undefined }],
    ['with a number as its amount', ordinary, { ...payment, instructedAmount: 125.5 }, {}],
    ['from an account that is none', ordinary, { ...payment, debtorAccount: { bban: '1' } }, {}],
    ['with KID and text', ordinary, { ...payment, ...kid, remittanceInformationUnstructured: 'x' }, {}],
    ['with a name of 71 characters', ordinary, { ...payment, creditorName: 'N'.repeat(71) }, fixes],
    [
      'with a longer name than the bank takes without a fix',
      ordinary,
      { ...payment, creditorName: 'N'.repeat(36) },
      {},
    ],
    ['that is instant and has a KID', instant, { ...payment, ...kid }, fixes],
    [
      'that is instant and too large',
      instant,
      { ...payment, instructedAmount: { currency: 'NOK', amount: '500000.01' } },
      fixes,
    ],
  ])('%s is refused', async (_case, path, json, headers) => {
    expect(await post('sparebank1', path, json, headers)).toEqual([400, 'FORMAT_ERROR']);
  });

  test.each([
    ['for today', ordinary, '2026-02-23', 'EXECUTION_DATE_INVALID'],
    ['for a day more than a year ahead', ordinary, '2027-02-24', 'EXECUTION_DATE_INVALID'],
    ['that is instant', instant, '2026-02-24', 'FORMAT_ERROR'],
  ])('%s is refused for its day', async (_case, path, requestedExecutionDate, code) => {
    const json = { ...payment, requestedExecutionDate };
    expect(await post('sparebank1', path, json, fixes)).toEqual([400, code]);
  });

  test('of a product that the bank does not have is refused', async () => {
    const path = '/v1/payments/sepa-credit-transfers';
    expect(await post('dnb', path, payment)).toEqual([404, 'PRODUCT_UNKNOWN']);
  });

  test('is refused in the form of RFC 7807 at a bank that has it', async () => {
    const body = JSON.stringify({ ...payment, creditorName: '' });
    const answer = await world.call('handelsbanken', ordinary, { method: 'POST', body, headers: returns });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer).toMatchObject({ status: 400, body: { code: 'FORMAT_ERROR' } });
  });
});

test('without its fix, a bank writes amounts as numbers', async () => {
  const { account } = await world.consent('sparebank1');
  const secrets = await account.consent.secrets.read();
  const path = (secrets?.[`balances:${account.reference}`] ?? '').replace('/sparebank1', '');
  const headers = { 'consent-id': account.consent.reference.replace('sparebank1:', '') };
  const amounts = async (more: Record<string, string>) => {
    const { body } = await world.call('sparebank1', path, { headers: { ...headers, ...more } });
    return (body as { balances: { balanceAmount: { amount: unknown } }[] }).balances[0]?.balanceAmount.amount;
  };
  expect(await amounts({})).toBe(25_000);
  expect(await amounts(fixes)).toBe('25000.00');
});
