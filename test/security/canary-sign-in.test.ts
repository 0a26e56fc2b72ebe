import { expect, test } from 'vitest';
import { errorTable } from '#domain/errors.ts';
import { coldErrors, errors, newNumber, people, strangersNumber, type Provoked } from './canary/errors.ts';
import { Exceptions } from './canary/exceptions.ts';
import { search } from './canary/forms.ts';
import { call, ways, type Ended, type Way } from './canary/journeys.ts';
import { secretsOf } from './canary/secrets.ts';
import { inApp, inBrowser } from './canary/sign-in-exceptions.ts';
import { startCanaryStack, type CanaryStack } from './canary/stack.ts';

/** What the app hears over its scheme, where Drop itself was called back. */
const words: Record<string, string> = {
  sign_in_cancelled: 'cancelled',
  sign_in_expired: 'expired',
  sign_in_under_age: 'under_age',
  sign_in_unavailable: 'unavailable',
  sign_in_identity_conflict: 'conflict',
};

/** BankID's error where it sends a person back: Drop leads a browser on, and the app receives the error from BankID. */
const toldByBankId: Record<string, string> = {
  sign_in_cancelled: 'access_denied',
  sign_in_expired: 'temporarily_unavailable',
};

async function provoke(stack: CanaryStack, way: Way, provoked: Provoked): Promise<Ended> {
  const { prepare, person = 'kari', finish = (returned) => returned.finish(), after } = provoked;
  await prepare?.(stack);
  try {
    const begun = await way(stack, person);
    return 'finish' in begun ? await finish(begun, stack) : begun;
  } finally {
    stack.clearFaults();
    await stack.override({});
    await after?.(stack);
  }
}

function isAsExpected(ended: Ended, { code: usual, codeIn = {} }: Provoked, way: string): boolean {
  const code = codeIn[way] ?? usual;
  if (code === undefined) return ended.code === undefined;
  const told = toldByBankId[code];
  if (way === 'a browser' && told !== undefined) return ended.status === 302;
  if (way === 'the app by code' && told !== undefined) return ended.code === told;
  const table: Record<string, { status: number }> = errorTable;
  const isProblem = ended.code === code && ended.status === table[code]?.status;
  return isProblem || (way === 'the app by ticket' && ended.code === (words[code] ?? 'failed'));
}

const exceptions = new Exceptions([...inBrowser, ...inApp]);

/** Only who is said to come from the internet is counted. */
const behindProxy = { TRUSTED_PROXY_HOPS: '1', SIGN_IN_STARTS_PER_MINUTE: '1' };

const modes = [
  ['Drop', {}, ['a browser', 'a client of the API', 'the app by ticket']],
  [
    'the app',
    { BANKID_CALLBACK_URL_MOBILE: 'drop://auth/callback', BANKID_IDENTITY_SOURCE: 'userinfo' },
    ['the app by code'],
  ],
] as const;

test.each(modes)(
  'where BankID answers %s: after every error of sign-in no secret is anywhere it need not be',
  async (_who, environment, names) => {
    const stack = await startCanaryStack({ ...behindProxy, ...environment });
    const unexpected: unknown[] = [];
    const run = async (name: string, provoked: Provoked): Promise<void> => {
      const way = ways[name];
      if (!way) throw new RangeError('there is that way');
      const ended = await provoke(stack, way, provoked);
      if (!isAsExpected(ended, provoked, name)) unexpected.push({ name, case: provoked.name, ...ended });
    };
    for (const provoked of coldErrors) await run(names[0], provoked);
    for (const [at, name] of names.entries()) {
      const here = errors.filter(({ codeIn, isOnce }) => codeIn?.[name] !== null && (at === 0 || !isOnce));
      for (const provoked of here) {
        await run(name, provoked);
        // A success in between, so that no breaker opens.
        await run(name, { name: 'all is well in between', code: undefined });
      }
    }
    for (const expected of [302, 429]) {
      const headers = { 'x-forwarded-for': '203.0.113.7' };
      expect.soft((await call(stack, '/api/auth/bankid', { headers })).status).toBe(expected);
    }
    expect.soft(unexpected).toEqual([]);
    const sinks = await stack.end();
    const canaries = [
      ...secretsOf(stack.exchanges),
      ...people.map(({ nationalIdentityNumber: value }) => ({ name: 'national number', value })),
      { name: 'national number', value: newNumber },
      { name: 'number of a stranger', value: strangersNumber },
      ...stack.configured,
      { name: 'password of the database', value: new URL(stack.store.url).password },
    ];
    const codes = Object.keys(errorTable).filter((code) =>
      /^(sign_in_(?!cancelled|expired)|rate_limited|internal_error|database_unavailable)/.test(code),
    );
    // BankID tells the app of it, and the app tells nobody.
    if (names.length > 1) codes.push(...Object.keys(toldByBankId));
    expect.soft(codes.filter((code) => !sinks.get('log')?.includes(`"code":"${code}"`))).toEqual([]);
    expect(exceptions.unexcused(search(sinks, canaries))).toEqual([]);
  },
  300_000,
);

test('no exception is made that nothing needs', () => {
  expect(exceptions.unneeded()).toEqual([]);
});
