import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { Visitor, type Visited } from '#cli/visitor.ts';
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts';

const [{ id: provider }] = openBankingProviders;
const html = { accept: 'text/html' };
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.remove());
beforeEach(() => sandbox.control('POST', '/reset'));

interface Problem {
  code: string;
  message: string;
  requestId: string;
}

const problem = ({ body }: Visited): Problem => JSON.parse(body) as Problem;

/** The problem in the web app's page. */
function problemInPage({ body }: Visited): Problem {
  const json = /id="drop-problem">(.*?)<\/script>/s.exec(body)?.[1] ?? '{}';
  return JSON.parse(json) as Problem;
}

async function signIn(visitor: Visitor, person: string): Promise<Visited> {
  const picker = await visitor.visit(`${sandbox.appOrigin}/api/auth/bankid`, { headers: html });
  return visitor.press(picker, person);
}

function post(
  visitor: Visitor,
  path: string,
  body: object = {},
  headers: Record<string, string> = {},
): Promise<Visited> {
  return visitor.visit(`${sandbox.appOrigin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    body: JSON.stringify(body),
  });
}

async function get<T>(visitor: Visitor, path: string): Promise<T> {
  return JSON.parse((await visitor.visit(`${sandbox.appOrigin}${path}`)).body) as T;
}

/** A customer who is verified by Sumsub. */
async function verified(person = 'kari'): Promise<Visitor> {
  const visitor = new Visitor();
  await signIn(visitor, person);
  const { kycStatus } = await get<{ kycStatus: string }>(visitor, '/api/me');
  if (kycStatus === 'approved') return visitor;
  const { token } = await get<{ token: string }>(visitor, '/api/kyc/initiate');
  const { webSdk } = await get<{ webSdk: { baseUrl: string } }>(visitor, '/api/app');
  const changed = visitor.listen(new URL(`${sandbox.appOrigin}/api/events`), (line) =>
    line.includes('"kind":"kyc"'),
  );
  await visitor.visit(`${webSdk.baseUrl}/websdk/api/submission`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ outcome: 'approved' }),
  });
  for (;;) {
    const state = await get<{ kycStatus: string }>(visitor, '/api/kyc/status');
    if (state.kycStatus === 'approved') return visitor;
    await changed;
  }
}

async function link(visitor: Visitor, customer: string): Promise<Visited> {
  const { banks } = await get<{ banks: { id: string }[] }>(visitor, '/api/banks');
  const { body } = await post(visitor, '/api/bank-connections', { bankId: banks[0]?.id });
  const { consentUrl } = JSON.parse(body) as { consentUrl: string };
  let page = await visitor.visit(consentUrl, { headers: html });
  while (page.url.origin !== sandbox.appOrigin) page = await visitor.press(page, customer, 'approve');
  return page;
}

interface Account {
  id: string;
  name: string;
}

async function account(visitor: Visitor, name = 'Brukskonto'): Promise<string> {
  const { accounts } = await get<{ accounts: Account[] }>(visitor, '/api/accounts');
  return accounts.find((each) => each.name === name)?.id ?? '';
}

const order = (accountId: string, oere = 25_000): object => ({
  accountId,
  amount: { amount: oere, currency: 'NOK' },
  creditor: { name: 'Strømselskapet AS', accountNumber: '15032080178' },
  kid: '2345676',
  acceptsRepeat: true,
});

test('without a session every private route answers 401', async () => {
  const visitor = new Visitor();
  for (const path of [
    '/api/me',
    '/api/kyc/status',
    '/api/banks',
    '/api/accounts',
    '/api/payments',
    '/api/events',
  ]) {
    const answer = await visitor.visit(`${sandbox.appOrigin}${path}`);
    expect([path, answer.status, problem(answer).code]).toEqual([path, 401, 'not_signed_in']);
  }
});

test('a customer who is not verified is told so, and nothing is started', async () => {
  const visitor = new Visitor();
  await signIn(visitor, 'dina');
  const answer = await post(visitor, '/api/bank-connections', { bankId: 'any' });
  expect([answer.status, problem(answer).code]).toEqual([403, 'kyc_required']);
});

test.each([
  ['sytten', 403, 'sign_in_under_age'],
  ['uten-nummer', 401, 'sign_in_token_invalid'],
  ['nede', 503, 'sign_in_unavailable'],
])('%s is answered %i with a page of its own', async (person, status, code) => {
  const visitor = new Visitor();
  const page = await signIn(visitor, person);
  expect([page.status, problemInPage(page).code]).toEqual([status, code]);
  expect((await visitor.visit(`${sandbox.appOrigin}/api/me`)).status).toBe(401);
});

test('a customer who cancels at BankID returns to the sign-in without an error', async () => {
  const page = await signIn(new Visitor(), 'avbryter');
  expect([page.status, page.url.pathname, page.url.search]).toEqual([200, '/sign-in', '?outcome=cancelled']);
});

test('a sign-in while BankID is down is answered 503', async () => {
  await sandbox.control('POST', '/bankid/faults', { operation: '*', effect: 'status', status: 503 });
  const { status, body } = await signInAnswer();
  expect(status === 503 || body.includes('sandbox fault')).toBe(true);
});

async function signInAnswer(): Promise<Visited> {
  return new Visitor().visit(`${sandbox.appOrigin}/api/auth/bankid`, { headers: html });
}

test('a verification while Sumsub is down is "temporarily unavailable"', async () => {
  await sandbox.control('POST', '/sumsub/faults', { operation: '*', effect: 'status', status: 503 });
  const visitor = new Visitor();
  await signIn(visitor, 'atten');
  const answer = await visitor.visit(`${sandbox.appOrigin}/api/kyc/initiate`);
  expect([answer.status, problem(answer).code]).toEqual([503, 'kyc_unavailable']);
});

test('a customer who cancels the consent returns to the banks', async () => {
  const page = await link(await verified(), 'cancel');
  expect(`${page.url.pathname}${page.url.search}`).toBe('/banks?outcome=consent_cancelled');
});

test('insufficient funds are reported before anything is sent', async () => {
  const visitor = await verified('ola');
  await link(visitor, 'Ola Prøvdal');
  const answer = await post(visitor, '/api/payments', order(await account(visitor)));
  expect([answer.status, problem(answer).code]).toEqual([422, 'payment_insufficient_funds']);
  expect((await get<{ payments: unknown[] }>(visitor, '/api/payments')).payments).toHaveLength(0);
});

test('a consent that expired at the bank stops the payment and is shown at the account', async () => {
  const visitor = await verified();
  await link(visitor, 'Kari Testnes');
  const accountId = await account(visitor);
  await sandbox.control('POST', `/${provider}/actions/expire_consents`);
  const answer = await post(visitor, '/api/payments', order(accountId));
  expect([answer.status, problem(answer).code]).toEqual([409, 'consent_expired']);
  const { accounts } = await get<{ accounts: { consentStatus: string }[] }>(visitor, '/api/accounts');
  expect(accounts.every(({ consentStatus }) => consentStatus === 'expired')).toBe(true);
});

async function payTo(visitor: Visitor, ...choices: string[]): Promise<Visited> {
  const { body } = await post(visitor, '/api/payments', order(await account(visitor)));
  const { redirectUrl } = JSON.parse(body) as { redirectUrl: string };
  let page = await visitor.visit(redirectUrl, { headers: html });
  while (page.url.origin !== sandbox.appOrigin) page = await visitor.press(page, ...choices);
  return page;
}

interface Payment {
  status: string;
  reason: string | null;
  moneyMoved: string;
}

test.each([
  ['cancel', 'cancelled', 'cancelled_by_customer'],
  ['reject', 'rejected', 'rejected_by_bank'],
])(
  'a payment that ends with "%s" at the bank is %s, and no money has moved',
  async (choice, status, reason) => {
    const visitor = await verified();
    await link(visitor, 'Kari Testnes');
    const changed = visitor.listen(new URL(`${sandbox.appOrigin}/api/events`), (line) =>
      line.includes('"kind":"payment"'),
    );
    const page = await payTo(visitor, choice);
    let payment = await get<Payment>(visitor, `/api${page.url.pathname}`);
    if (payment.status !== status) {
      await changed;
      payment = await get<Payment>(visitor, `/api${page.url.pathname}`);
    }
    expect([payment.status, payment.reason, payment.moneyMoved]).toEqual([status, reason, 'no']);
  },
);

test('an answer lost after the bank accepted the payment leaves it open, and only one order was sent', async () => {
  const visitor = await verified();
  await link(visitor, 'Kari Testnes');
  await sandbox.control('POST', `/${provider}/faults`, {
    operation: 'create_payment',
    effect: 'drop-after-commit',
  });
  const answer = await post(visitor, '/api/payments', order(await account(visitor)));
  const { id, status } = JSON.parse(answer.body) as { id: string; status: string };
  expect([answer.status, status]).toEqual([201, 'unknown']);
  expect((await get<Payment>(visitor, `/api/payments/${id}`)).moneyMoved).toBe('not_yet_known');
});

test('another customer’s payment, account and consent are not found', async () => {
  const visitor = await verified();
  await link(visitor, 'Kari Testnes');
  const accountId = await account(visitor);
  const { body } = await post(visitor, '/api/payments', order(accountId));
  const { id } = JSON.parse(body) as { id: string };
  const { connections } = await get<{ connections: { id: string }[] }>(visitor, '/api/bank-connections');
  const stranger = await verified('ola');
  const seen = await stranger.visit(`${sandbox.appOrigin}/api/payments/${id}`);
  expect([seen.status, problem(seen).code]).toEqual([404, 'payment_unknown']);
  const cancelled = await post(stranger, `/api/payments/${id}/cancel`);
  expect([cancelled.status, problem(cancelled).code]).toEqual([404, 'payment_unknown']);
  const refreshed = await post(stranger, `/api/accounts/${accountId}/refresh`);
  expect([refreshed.status, problem(refreshed).code]).toEqual([404, 'account_unknown']);
  const ended = await stranger.visit(`${sandbox.appOrigin}/api/bank-connections/${connections[0]?.id}`, {
    method: 'DELETE',
  });
  expect([ended.status, problem(ended).code]).toEqual([404, 'not_found']);
});

test('a bank that is down is reported, and nothing was sent', async () => {
  const visitor = await verified();
  await link(visitor, 'Kari Testnes');
  const accountId = await account(visitor);
  const count = async (): Promise<number> =>
    (await get<{ payments: unknown[] }>(visitor, '/api/payments')).payments.length;
  const before = await count();
  await sandbox.control('POST', `/${provider}/faults`, { operation: '*', effect: 'status', status: 503 });
  const answer = await post(visitor, '/api/payments', order(accountId));
  expect([answer.status, problem(answer).code]).toEqual([503, 'bank_unavailable']);
  expect(await count()).toBe(before);
});

test('a request from another website is refused', async () => {
  const visitor = await verified();
  const answer = await post(visitor, '/api/auth/logout', {}, { origin: 'https://evil.example' });
  expect([answer.status, problem(answer).code]).toEqual([403, 'forbidden_origin']);
});

test('an invalid body is refused with its fields named', async () => {
  const visitor = await verified();
  const answer = await post(visitor, '/api/payments', { accountId: 'x' });
  expect([answer.status, problem(answer).code]).toEqual([400, 'invalid_request']);
  expect(answer.body).toContain('"field":"accountId"');
});

test('a payment without an idempotency key is refused', async () => {
  const visitor = await verified();
  const body = JSON.stringify(order(randomUUID()));
  const headers = { 'content-type': 'application/json' };
  const answer = await visitor.visit(`${sandbox.appOrigin}/api/payments`, { method: 'POST', headers, body });
  expect([answer.status, problem(answer).code]).toEqual([400, 'idempotency_key_missing']);
});

test('a body that is not JSON, or too large, is refused with its own error', async () => {
  const visitor = await verified();
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const url = `${sandbox.appOrigin}/api/payments`;
  const broken = await visitor.visit(url, { method: 'POST', headers, body: '{' });
  expect([broken.status, problem(broken).code]).toEqual([400, 'invalid_request']);
  const large = await visitor.visit(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ text: 'x'.repeat(70_000) }),
  });
  expect([large.status, problem(large).code]).toEqual([413, 'payload_too_large']);
});

test.each(['/api/kyc/webhook', `/api/openbanking/webhook/${provider}`])(
  '%s refuses unsigned webhooks',
  async (path) => {
    const answer = await post(new Visitor(), path, { type: 'applicantReviewed' });
    expect([answer.status, problem(answer).code]).toEqual([401, 'webhook_signature_invalid']);
  },
);
