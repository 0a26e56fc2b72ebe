import { expect, test } from 'vitest';
import { errorTable } from '#domain/errors.ts';
import { dumpOf } from './canary/dump.ts';
import { coldErrors, errors, newNumber, people, strangersNumber, type Provoked } from './canary/errors.ts';
import { search, type Canary, type Found } from './canary/forms.ts';
import { call, ways, type Ended, type Way } from './canary/journeys.ts';
import { startCanaryStack, type CanaryStack, type Exchange } from './canary/stack.ts';

/** What the app hears over its scheme, where Drop itself was called back. */
const words: Record<string, string> = {
  sign_in_cancelled: 'cancelled',
  sign_in_under_age: 'under_age',
  sign_in_unavailable: 'unavailable',
  sign_in_identity_conflict: 'conflict',
};

async function provoke(stack: CanaryStack, way: Way, provoked: Provoked): Promise<Ended> {
  const { prepare, person = 'kari', finish = (returned) => returned.finish(), after } = provoked;
  await prepare?.(stack);
  try {
    const begun = await way(stack, person);
    return 'finish' in begun ? await finish(begun, stack) : begun;
  } finally {
    stack.clearFaults();
    await stack.bend({});
    await after?.(stack);
  }
}

function isAsExpected(ended: Ended, { code: usual, codeIn = {} }: Provoked, way: string): boolean {
  const code = codeIn[way] ?? usual;
  if (code === undefined) return ended.code === undefined;
  const isCancelled = code === 'sign_in_cancelled';
  if (way === 'a browser' && isCancelled) return ended.status === 302;
  if (way === 'the app by code' && isCancelled) return ended.code === 'access_denied';
  const table: Record<string, { status: number }> = errorTable;
  const isProblem = ended.code === code && ended.status === table[code]?.status;
  return isProblem || (way === 'the app by ticket' && ended.code === (words[code] ?? 'failed'));
}

/** Every secret that passed by, by what it is. */
function secretsOf(exchanges: readonly Exchange[]): Canary[] {
  const canaries: Canary[] = [];
  const take = (name: string, value: unknown): void => {
    if (typeof value === 'string' && value.length >= 20) canaries.push({ name, value });
  };
  const names = { state: 'state', nonce: 'nonce', code_verifier: 'code verifier', code: 'code' } as const;
  for (const { url, requestBody, body, cookies, location, server } of exchanges) {
    const isJson = requestBody.startsWith('{');
    const given = isJson ? (JSON.parse(requestBody) as object) : new URLSearchParams(requestBody);
    const isRequest = server === 'bankid' || server === 'app';
    if (!isRequest) continue;
    for (const source of [url.searchParams, given, new URLSearchParams(location?.split('?')[1])]) {
      const fields = source instanceof URLSearchParams ? Object.fromEntries(source) : { ...source };
      for (const [field, name] of Object.entries(names))
        take(name, (fields as Record<string, unknown>)[field]);
      take('ticket', (fields as Record<string, unknown>)['ticket']);
      take('app verifier', (fields as Record<string, unknown>)['appVerifier']);
    }
    for (const [, field, value] of body.matchAll(/"(access_token|id_token|token)":"([^"]+)"/g))
      take(field === 'token' ? 'session token' : (field ?? '').replace('_', ' '), value);
    for (const cookie of cookies) {
      const [, name, value] = /^drop-(session|sign-in)=([^;]+)/.exec(cookie) ?? [];
      take(name === 'session' ? 'session token' : 'browser token', value);
    }
  }
  return canaries;
}

/** What is found although all is well: where, what, how, and why it may be there. */
const exceptions: { sink: string; canary: string; form: RegExp; reason: string }[] = [
  {
    ...{ sink: 'database sign_in_transactions.nonce', canary: 'nonce', form: /^plain$/ },
    reason: 'compared with the ID token on the return; worth nothing without state and browser',
  },
  {
    ...{ sink: 'database sign_in_transactions.code_verifier', canary: 'code verifier', form: /^plain$/ },
    reason: 'sent to BankID on the return; worth nothing without the code and Drop’s own secret',
  },
  {
    ...{ sink: 'database sign_in_transactions.state_hash', canary: 'state', form: /^sha256 hex$/ },
    reason: 'to find the sign-in; 256 random bits cannot be tried',
  },
  {
    ...{ sink: 'database sign_in_transactions.browser_hash', canary: 'browser token', form: /^sha256 hex$/ },
    reason: 'likewise',
  },
  {
    ...{
      sink: 'database sign_in_transactions.app_challenge',
      canary: 'app verifier',
      form: /^sha256 base64(url)?$/,
    },
    reason: 'S256 of RFC 7636, as the app sends it; 256 random bits cannot be tried',
  },
  {
    ...{
      sink: 'database sign_in_tickets.app_challenge',
      canary: 'app verifier',
      form: /^sha256 base64(url)?$/,
    },
    reason: 'likewise',
  },
  {
    ...{ sink: 'database sign_in_tickets.ticket_hash', canary: 'ticket', form: /^sha256 hex$/ },
    reason: 'to find the ticket; 256 random bits cannot be tried',
  },
  {
    ...{ sink: 'database sessions.token_hash', canary: 'session token', form: /^sha256 hex$/ },
    reason: 'to find the session; 256 random bits cannot be tried',
  },
  {
    ...{ sink: 'address of the callback', canary: 'code', form: /^plain$/ },
    reason: 'as OAuth has it: good once, for seconds, with the verifier',
  },
  {
    ...{ sink: 'address of the callback', canary: 'state', form: /^plain$/ },
    reason: 'as OAuth has it: good once, with the browser or the verifier',
  },
  {
    ...{ sink: 'address of the app', canary: 'code', form: /^plain$/ },
    reason: 'where BankID answers the app: worth nothing without the app’s verifier',
  },
  { ...{ sink: 'address of the app', canary: 'state', form: /^plain$/ }, reason: 'for the app to compare' },
  {
    ...{ sink: 'address of the app', canary: 'ticket', form: /^plain$/ },
    reason: 'good once, for a minute, with the app’s verifier',
  },
  {
    ...{ sink: 'address of the callback', canary: 'number of a stranger', form: /./ },
    reason: 'the test put it there',
  },
];
const needed = new Set<(typeof exceptions)[number]>();

function isException(found: Found): boolean {
  const exception = exceptions.find(
    ({ sink, canary, form }) => sink === found.sink && canary === found.canary && form.test(found.form),
  );
  if (exception) needed.add(exception);
  return exception !== undefined;
}

/** Every address that a browser or a server was sent to, by whose it is. */
function addressesOf(exchanges: readonly Exchange[]): Map<string, string> {
  const all = exchanges.flatMap(({ url, location }) => [
    url.href,
    ...(location === undefined ? [] : [location]),
  ]);
  const kindOf = (address: string): string => {
    if (address.startsWith('drop:')) return 'address of the app';
    return /\/callback\?|\/return\?/.test(address) ? 'address of the callback' : 'other addresses';
  };
  const byKind = Map.groupBy(all, kindOf);
  return new Map([...byKind].map(([kind, addresses]) => [kind, addresses.join('\n')]));
}

async function sinksOf(stack: CanaryStack, log: string, metrics: string): Promise<Map<string, string>> {
  const { exchanges } = stack;
  const sentTo = (name: string): string =>
    exchanges.flatMap(({ server, requestBody }) => (server === name ? [requestBody] : [])).join('\n');
  const failed = exchanges.filter(({ server, status }) => server === 'app' && status >= 400);
  return new Map([
    ...(await dumpOf(stack.store)),
    ...addressesOf(exchanges),
    ['log', log],
    ['metrics', metrics],
    ['traces', sentTo('collector')],
    ['Slack', sentTo('slack')],
    ['answers of failed requests', failed.map(({ body }) => body).join('\n')],
  ]);
}

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
    const { body: metrics } = await call(stack, '/metrics');
    const log = await stack.close();
    const sinks = await sinksOf(stack, log, metrics);
    const canaries = [
      ...secretsOf(stack.exchanges),
      ...people.map(({ nationalIdentityNumber: value }) => ({ name: 'national number', value })),
      { name: 'national number', value: newNumber },
      { name: 'number of a stranger', value: strangersNumber },
      { name: 'client secret', value: 'demo-bankid-client-secret' },
      { name: 'hash key', value: stack.hashKey },
    ];
    const codes = Object.keys(errorTable).filter((code) =>
      /^(sign_in_(?!cancelled)|rate_limited|internal_error)/.test(code),
    );
    // BankID tells the app of it, and the app tells nobody.
    if (names.length > 1) codes.push('sign_in_cancelled');
    expect.soft(codes.filter((code) => !log.includes(`"code":"${code}"`))).toEqual([]);
    const found = search(sinks, canaries);
    expect(found.filter((each) => !isException(each))).toEqual([]);
  },
  300_000,
);

test('no exception is made that nothing needs', () => {
  expect(exceptions.filter((exception) => !needed.has(exception))).toEqual([]);
});
