import { expect, test } from 'vitest';
import { listedFaults } from '#http/listed-faults.ts';
import { payingCustomer } from './paying-customer.ts';

const nationalNumber = '01810112345';
const long = 'k'.repeat(60_000);
const many = Array.from({ length: 2_000 }, (_none, index) => `name${index}`);
const unstorable = Array.from({ length: 12 }, () => '\0');

async function stand() {
  const { context, ask } = await payingCustomer();
  /** Sends a request, and returns Drop's answer and the log entries that the request adds. */
  return async function told(method: string, path: string, body?: object) {
    const before = context.logged.length;
    const answer = await ask(method, path, body);
    return {
      ...answer,
      text: JSON.stringify(answer.body),
      log: JSON.stringify(context.logged.slice(before)),
    };
  };
}

test.each([
  ['a long name with many texts', { [long]: unstorable }],
  ['many long names', Object.fromEntries(many.map((name) => [name.repeat(2), '\0']))],
  ['many names that cannot be stored', Object.fromEntries(many.map((name) => [`${name}\0`, 1]))],
  ['an unknown long name', { bankId: 'DNB', [long]: 1 }],
  ['many unknown names', { bankId: 'DNB', ...Object.fromEntries(many.map((name) => [name, 1])) }],
  ['a long name, deeply nested', { bankId: { [long.slice(30_000)]: { [long.slice(31_000)]: '\0' } } }],
])('neither the answer nor the log grows with %s', async (_case, body) => {
  const told = await stand();
  const { status, body: problem, text, log } = await told('POST', '/api/bank-connections', body);
  expect(status).toBe(400);
  const names = problem.fields?.map(({ field }) => field) ?? [];
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeLessThanOrEqual(10);
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(100);
  expect([text.length, log.length].filter((length) => length > 2_500)).toEqual([]);
});

test('neither grows with a URL, and each of its names is reported once', async () => {
  const told = await stand();
  const repeated = await told('GET', `/api/auth/bankid/callback?${'state=%00&'.repeat(500)}`);
  expect(repeated.body.fields?.map(({ field }) => field)).toEqual(['state']);
  const query = many.slice(0, 500).map((name) => `${name}${'k'.repeat(10)}=%00`);
  const { body, log } = await told('GET', `/api/auth/bankid/callback?${query.join('&')}`);
  expect(body.fields).toHaveLength(10);
  expect(log.length).toBeLessThan(2_500);
  const longName = await told('GET', `/api/auth/bankid/callback?${'k'.repeat(7_000)}=%00`);
  expect(longName.body.fields?.map(({ field }) => field.length)).toEqual([100]);
});

test.each([
  ['an unknown name', { bankId: 'DNB', [`Kari ${nationalNumber}`]: 1 }],
  ['a name with a text that cannot be stored', { [`Kari ${nationalNumber}`]: '\0' }],
  ['a value', { bankId: `Kari ${nationalNumber}` }],
])('text typed as %s is not logged', async (_case, body) => {
  const told = await stand();
  const { status, log } = await told('POST', '/api/bank-connections', body);
  expect([400, 404]).toContain(status);
  expect(log).toMatch(/Unrecognized key|characters_hidden|no such bank/);
  expect(log).not.toContain('Kari');
  expect(log).not.toContain(nationalNumber);
});

test('a name in a URL is not logged', async () => {
  const told = await stand();
  const { log } = await told('GET', `/api/auth/bankid/callback?Kari=%00`);
  expect(log).toContain('characters_hidden');
  expect(log).not.toContain('Kari');
});

test('an unknown name is reported to its sender, and a name of Drop’s is logged', async () => {
  const told = await stand();
  const unknown = await told('POST', '/api/bank-connections', { bankId: 'DNB', bank: 1 });
  expect(unknown.body.fields).toEqual([{ field: 'bank', message: 'Unrecognized key' }]);
  const { log } = await told('POST', '/api/bank-connections', { bankId: '' });
  expect(log).toContain('bankId');
});

test('reported names have no characters that cannot be stored or that reorder the text', async () => {
  const told = await stand();
  const names = ['a\0b', 'a\ud800b', 'a\u202eb\nc'];
  for (const body of [
    ...names.map((name) => ({ [name]: { x: '\0' } })),
    ...names.map((name) => ({ [name]: 1 })),
  ]) {
    const answer = await told('POST', '/api/bank-connections', { bankId: 'DNB', ...body });
    const fields = answer.body.fields ?? [];
    expect(fields.length).toBeGreaterThan(0);
    for (const { field } of fields) {
      expect(field.isWellFormed()).toBe(true);
      expect(field).not.toMatch(/[\p{Control}\p{Bidi_Control}]/u);
    }
  }
  const cut = listedFaults([{ field: '😀'.repeat(60), message: '' }]);
  expect(cut[0]?.field.isWellFormed()).toBe(true);
});

test('two different faults of one field are reported', () => {
  const faults = ['characters_not_carried', 'characters_hidden', 'characters_hidden'].map((message) => ({
    field: 'text',
    message,
  }));
  expect(listedFaults(faults)).toEqual(faults.slice(0, 2));
});
