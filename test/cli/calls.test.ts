import { expect, test } from 'vitest';
import type { RecordedCall } from '#domain/recorded-call.ts';
import type { Store } from '#store/database.ts';
import { insertCalls } from '#store/outbound-calls.ts';
import { testStore } from '../support/database.ts';
import { recordedCall } from '../support/recorded-call.ts';
import { drop, linesOf, type Ran } from './program.ts';

const token = recordedCall({
  operation: 'sumsub.access_token',
  method: 'POST',
  startedAt: '2026-02-20T12:00:00.000Z',
  request: { levelName: 'basic' },
  response: null,
});

/**
 * Calls of sumsub: 1 answered, 2 refused with a code, 3 failed. Call 4 is the second attempt, unanswered, of another
 * provider.
 */
async function calls(): Promise<Store> {
  const store = await testStore();
  const refused = { status: 404, providerCode: 'NOT_FOUND', providerRequestId: 'r-2' };
  await insertCalls(store.database, [
    token,
    { ...token, ...refused, startedAt: '2026-02-21T12:00:00.000Z' },
    { ...token, operation: 'sumsub.applicant_status', status: 503, startedAt: '2026-02-22T12:00:00.000Z' },
    {
      ...token,
      provider: 'bank',
      operation: 'bank.pay\u001b[2J',
      bankId: 'DNB',
      attempt: 2,
      providerRequestId: null,
      status: null,
      errorCode: 'provider_timeout',
      startedAt: '2026-02-23T12:00:00.000Z',
    },
  ]);
  return store;
}

function run(store: Store | undefined, ...parameters: string[]): Promise<Ran> {
  return drop(['calls', ...parameters], store ? { DATABASE_URL: store.url } : {});
}

test('list prints one JSON object a line, the newest first, without the recorded bodies', async () => {
  const ran = await run(await calls(), 'list', '--json');
  expect(ran.code).toBe(0);
  expect(linesOf(ran)).toMatchObject([
    { id: 4, outcome: 'unanswered', errorCode: 'provider_timeout', attempt: 2, status: null },
    { id: 3, outcome: 'failed', status: 503, operation: 'sumsub.applicant_status' },
    { id: 2, outcome: 'refused', status: 404, providerCode: 'NOT_FOUND' },
    { id: 1, outcome: 'answered', startedAt: '2026-02-20T12:00:00.000Z', durationMs: 12.5 },
  ]);
  expect(ran.output).not.toContain('levelName');
});

test('a line has the time, operation, result and request id, without control sequences', async () => {
  const { output } = await run(await calls(), 'list');
  const [head, unanswered, , refused] = output.split('\n');
  expect(head).toMatch(/^ +ID {2}STARTED +OPERATION +BANK +TRY +OUTCOME +END +TOOK +REQUEST$/);
  expect(refused).toMatch(
    /^ +2 {2}2026-02-21T12:00:00Z {2}sumsub\.access_token +#1 +refused +404 NOT_FOUND +13 ms {2}r-2$/,
  );
  expect(unanswered).toMatch(/ {2}bank\.pay\?\[2J +DNB +#2 +unanswered +provider_timeout +13 ms$/);
});

test('every filter of the command line narrows the list', async () => {
  const store = await testStore();
  const others: Partial<RecordedCall>[] = [
    { provider: 'bank' },
    { operation: 'sumsub.applicant_status' },
    { status: 500 },
    { providerRequestId: 'r-2' },
    { bankId: 'dnb-2' },
    { startedAt: '2026-02-19T12:00:00Z' },
    { startedAt: '2026-02-21T12:00:00Z' },
  ];
  const atBank = { ...token, bankId: 'dnb-1' };
  await insertCalls(store.database, [atBank, ...others.map((other) => ({ ...atBank, ...other })), atBank]);
  const parameters = [
    ...[
      '--provider',
      'sumsub',
      '--operation',
      'access_token',
      '--outcome',
      'answered',
      '--request-id',
      'r-1',
    ],
    ...['--since', '2026-02-20', '--until', '2026-02-21T12:00:00Z', '--bank', 'dnb-1', '--after', '9'],
  ];
  const ran = await run(store, 'list', '--json', ...parameters);
  expect(linesOf(ran)).toMatchObject([{ id: 1 }]);
});

test('--since accepts an age', async () => {
  const store = await testStore();
  const ages = ['30 minutes', '90 minutes', '150 minutes'];
  for (const age of ages) {
    const { rows } = await store.pool.query<{ at: Date }>('select now() - $1::interval as at', [age]);
    await insertCalls(store.database, [{ ...token, startedAt: rows[0]?.at.toISOString() ?? '' }]);
  }
  expect(linesOf(await run(store, 'list', '--json', '--since', '2h'))).toMatchObject([{ id: 2 }, { id: 1 }]);
});

test('a truncated list tells how to continue, and an empty one that no calls match', async () => {
  const store = await calls();
  const cut = await run(store, 'list', '--limit', '2');
  expect([cut.output.trim().split('\n').length, cut.errors]).toEqual([
    3,
    'More calls match: npx drop calls list --after 3 --limit 2\n',
  ]);
  const none = await run(store, 'list', '--provider', 'slack', '--json');
  expect(none).toEqual({ code: 0, output: '', errors: 'No calls found.\n' });
});

test('show prints the whole record of a call', async () => {
  const store = await calls();
  const shown = await run(store, 'show', '1', '--json');
  expect(JSON.parse(shown.output)).toEqual({ ...token, id: 1, outcome: 'answered' });
  const inText = await run(store, 'show', '4');
  expect(inText.output).toContain('errorCode         provider_timeout\n');
  expect(inText.output).toContain('request           {"levelName":"basic"}\n');
  expect(inText.output).toContain('operation         bank.pay?[2J\n');
});

test('an unknown call is not found', async () => {
  const { code, output, errors } = await run(await calls(), 'show', '99', '--json');
  expect([code, output, errors]).toEqual([1, '', 'There is no call 99. Calls are kept for 14 days.\n']);
});

test.each([
  ['an unknown outcome', ['--outcome', 'lost'], 'Allowed choices are answered, refused, failed, unanswered'],
  ['a time without a zone', ['--since', '2026-02-23T14:30'], 'a time with its zone'],
  ['an age of a unit that is none', ['--since', '5y'], 'a time with its zone'],
  ['more rows than may be', ['--limit', '10001'], 'a whole number from 1 to 10000'],
  ['an id that is none', ['--after', '-1'], 'It must be a whole number'],
])('a list with %s is a wrong command line', async (_case, parameters, problem) => {
  const { code, output, errors } = await run(undefined, 'list', ...parameters);
  expect([code, output, errors]).toEqual([2, '', expect.stringContaining(problem)]);
});

test('without a database the error names what is missing', async () => {
  const { code, output, errors } = await run(undefined, 'list');
  expect([code, output, errors]).toEqual([1, '', expect.stringContaining('No DATABASE_URL is set')]);
});

test.each(['list', 'show'])('the help of %s has examples and the exit codes', async (command) => {
  const { code, output } = await run(undefined, command, '--help');
  expect(code).toBe(0);
  expect(output).toContain(`npx drop calls ${command}`);
  expect(output).toContain('Exit codes: 0 success, 1 failure, 2 wrong use of the command line.');
});

test('an empty list of a provider that does not exist says which there are', async () => {
  const { code, output, errors } = await run(await calls(), 'list', '--provider', 'sumsubb');
  expect([code, output]).toEqual([0, '']);
  expect(errors).toMatch(
    /^No calls found\.\nNo provider is named "sumsubb"; there are bankid, .*\bsumsub\.\n$/,
  );
});
