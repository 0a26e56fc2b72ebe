import { expect, test } from 'vitest';
import { groupOf, type LoggedError } from './error-group.ts';

const frame = (line: number): string =>
  `at handOver (file:///srv/drop/src/usecases/payments/hand-over.ts:${line}:9)`;
const error: LoggedError = {
  title: 'a job failed',
  name: 'TypeError',
  message: 'x is undefined',
  code: undefined,
  stack: ['at parse (file:///srv/drop/node_modules/zod/index.js:1:1)', frame(54)],
  about: { paymentId: 'p' },
};

test('the place is the innermost function of Drop', () => {
  expect(groupOf(error).place).toBe('handOver in src/usecases/payments/hand-over.ts');
  const nameless = ['at file:///srv/drop/bin/serve.js:3:1'];
  expect(groupOf({ ...error, stack: nameless }).place).toBe('bin/serve.js');
  expect(groupOf({ ...error, stack: ['at async run (/srv/drop/src/a.ts:1:1)'] }).place).toBe(
    'run in src/a.ts',
  );
  expect(groupOf({ ...error, stack: ['at node:internal/timers:1:1'] }).place).toBe('');
});

test('line, message and ids do not make another group', () => {
  const other = { ...error, message: 'y', about: {}, stack: [frame(99)] };
  expect(groupOf(other)).toEqual(groupOf(error));
});

test.each([
  ['title', { title: 'a request failed' }],
  ['name', { name: 'RangeError' }],
  ['code', { code: 'bank_unavailable' }],
  ['place', { stack: ['at other (file:///srv/drop/src/other.ts:1:1)'] }],
])('another %s makes another group', (_what, change) => {
  expect(groupOf({ ...error, ...change }).fingerprint).not.toBe(groupOf(error).fingerprint);
});

test.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '08006', '53300', 'database_unavailable'])(
  'an outage of the database is one group, whatever failed with %s',
  (code) => {
    const away = groupOf({ ...error, code: 'ECONNREFUSED' });
    expect(groupOf({ ...error, title: 'a request failed', code, stack: [] })).toEqual(away);
  },
);

test.each(['23505', '57014', 'bank_unavailable', 'ENOENT'])('%s is no outage of the database', (code) => {
  expect(groupOf({ ...error, code }).place).toBe('handOver in src/usecases/payments/hand-over.ts');
});
