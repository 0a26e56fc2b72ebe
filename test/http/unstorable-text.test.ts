import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { toDropError } from '#http/problem.ts';
import { testContext } from '../support/context.ts';
import { testStore } from '../support/database.ts';
import { testApp } from '../support/http-app.ts';
import { stringsOfRequests, type OpenApiDocument, type StringOfRequest } from './openapi-strings.ts';
import { payingCustomer, type Answer } from './paying-customer.ts';

/** The values of a valid request, by field. */
const samples: Record<string, unknown> = {
  'amount.amount': 25_000,
  'amount.currency': 'NOK',
  'creditor.name': 'Strømselskapet AS',
  'creditor.accountNumber': '15032080178',
  text: 'Strøm',
  kid: '2345676',
  bankId: 'DNB',
  appChallenge: 'a'.repeat(43),
  appVerifier: 'a'.repeat(43),
  language: 'nb',
  ticket: 'ticket',
  code: 'code',
  state: 'state',
  iss: 'https://issuer.example',
  id: randomUUID(),
  returnTo: '/payments',
};

async function stand() {
  const { context, accountId, ask } = await payingCustomer();
  return {
    context,
    ask: async (method: string, path: string, body?: object) => told(await ask(method, path, body)),
    ofRequest: (field: string) => (field === 'accountId' ? accountId : samples[field]),
  };
}

function told({ status, body }: Answer) {
  return { status, code: body.code, fields: body.fields?.map(({ field }) => field) };
}

/** A body with `texts` at their paths, such as `creditor.name`. */
function bodyOf(texts: [string, unknown][]): object {
  const body: Record<string, unknown> = {};
  for (const [path, text] of texts) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce<Record<string, unknown>>((at, name) => {
      const member = (at[name] ?? {}) as Record<string, unknown>;
      at[name] = member;
      return member;
    }, body);
    parent[last] = text;
  }
  return body;
}

function requestWith(
  { in: place, path, field, required }: StringOfRequest,
  text: string,
  ofRequest: (field: string) => unknown,
): { path: string; body?: object } {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) =>
    place === 'path' ? encodeURIComponent(text) : String(ofRequest(name)),
  );
  if (place === 'path') return { path: filled };
  if (place === 'query') return { path: `${filled}?${field}=${encodeURIComponent(text)}` };
  const others = required.map((name): [string, unknown] => [name, ofRequest(name)]);
  return { path: filled, body: bodyOf([...others, [field, text]]) };
}

test('a text that the database cannot store is refused in every field of every route', async () => {
  const { ask, ofRequest, context } = await stand();
  const response = await testApp(context).request('/api/openapi.json');
  const strings = stringsOfRequests((await response.json()) as OpenApiDocument);
  expect(strings.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['creditor.name', 'text', 'kid', 'bankId', 'ticket', 'code', 'id', 'returnTo']),
  );
  for (const string of strings) {
    const wholesome = String(ofRequest(string.field));
    const texts = string.in === 'body' ? [`${wholesome}\0`, '\ud800'] : [`${wholesome}\0`];
    for (const text of texts) {
      const { path, body } = requestWith(string, text, ofRequest);
      const answer = await ask(string.method, path, body);
      const field = string.in === 'path' ? 'path' : string.field;
      expect({ string, ...answer }).toEqual({
        string,
        status: 400,
        code: 'invalid_request',
        fields: [field],
      });
    }
  }
  expect(context.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('the parameters of a callback are checked as well', async () => {
  const { ask, context } = await stand();
  for (const path of [
    '/api/auth/bankid/callback',
    '/api/openbanking/callback',
    '/api/auth/bankid/mobile/return',
  ]) {
    for (const name of ['state', 'code', 'iss', 'error', 'error_description']) {
      expect(await ask('GET', `${path}?${name}=x%00`)).toMatchObject({ status: 400, fields: [name] });
    }
  }
  expect(context.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('the same requests without such a text are answered', async () => {
  const { context, ask, ofRequest } = await stand();
  const fields = [
    'accountId',
    'amount.amount',
    'amount.currency',
    'creditor.name',
    'creditor.accountNumber',
    'text',
  ];
  const payment = bodyOf(fields.map((field) => [field, ofRequest(field)]));
  expect((await ask('POST', '/api/payments', payment)).status).toBe(201);
  expect((await ask('POST', '/api/bank-connections', { bankId: context.bankId })).status).toBe(201);
  // An escaped backslash before `u0000` is not an escape of NUL, so the text can be stored.
  const unknown = await ask('POST', '/api/bank-connections', { bankId: String.raw`\u0000 \ud800 😀` });
  expect(unknown).toMatchObject({ status: 404, code: 'bank_unknown' });
});

test('a browser that was sent to such an address gets a page', async () => {
  const context = await testContext();
  const headers = { accept: 'text/html' };
  const response = await testApp(context).request('/api/auth/bankid/callback?state=%00', { headers });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('text/html');
});

test('any member names and any depth of a body are handled', async () => {
  const { ask, context } = await stand();
  expect(await ask('POST', '/api/bank-connections', { 'bank\0Id': 'DNB' })).toMatchObject({ status: 400 });
  const deep = `${'['.repeat(20_000)}"\\u0000"${']'.repeat(20_000)}`;
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: deep };
  const response = await testApp(context).request('/api/auth/bankid/mobile/callback', init);
  expect(response.status).toBe(400);
});

test.each([
  ['text', 'select $1::text', '\0'],
  ['jsonb', 'select $1::jsonb', '"\\u0000"'],
])(
  'a text that reaches a column of %s anyway is not counted as an error of Drop',
  async (_type, query, value) => {
    const { pool } = await testStore();
    const error = await pool.query(query, [value]).catch((thrown: unknown) => thrown);
    expect(toDropError(error)).toMatchObject({ code: 'invalid_request', status: 400 });
  },
);
