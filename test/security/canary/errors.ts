import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { systemClock } from '#domain/clock.ts';
import { bankIdPeople } from '#sandbox/people.ts';
import type { Ended, Returned } from './journeys.ts';
import type { CanaryStack } from './stack.ts';

export const people = bankIdPeople(systemClock.now());
/** Of people who come back under another number than before. */
export const newNumber = syntheticNationalIdentityNumber('1991-07-05', 610);
/** What somebody else puts into a callback, who cannot sign in by it. */
export const strangersNumber = syntheticNationalIdentityNumber('1966-06-06', 310);
const madeUp = 'canary-made-up-by-somebody-else';
const madeUpVerifier = 'canary-verifier-of-another-app-and-long-enough';

const numberOf = (id: string): string =>
  people.find((person) => person.id === id)?.nationalIdentityNumber ?? '';
const token = 'sign_in_token_invalid';
const exchange = 'sign_in_code_exchange_failed';
const unavailable = 'sign_in_unavailable';
const mismatch = 'sign_in_state_mismatch';

/** One way in which a sign-in fails, or may give away more than it should. */
export interface Provoked {
  name: string;
  /** The code at the end; undefined where the person gets in after all. */
  code: string | undefined;
  /** Where it ends in another way; null where there is nothing to provoke. */
  codeIn?: Readonly<Record<string, string | null>>;
  /** Whether it leaves people as they were not, so that it happens once. */
  isOnce?: true;
  person?: string;
  /** Before the start. */
  prepare?: (stack: CanaryStack) => Promise<void> | void;
  /** Between BankID and Drop; finishes it, by default as it came back. */
  finish?: (returned: Returned, stack: CanaryStack) => Promise<Ended>;
  after?: (stack: CanaryStack) => Promise<void>;
}

const overriddenToken = (name: string, override: Record<string, unknown>): Provoked => ({
  name,
  code: token,
  prepare: (stack) => stack.override(override),
});

const faulty = (code: string, operation: string, ...effects: [string, object][]): Provoked[] =>
  effects.map(([name, fault]) => ({
    name: `${operation}: ${name}`,
    code,
    prepare: (stack) => stack.fault({ effect: 'status', operation, ...fault }),
  }));

/** A row that PostgreSQL refuses, and then quotes. */
const unwritable = (table: string): Provoked => ({
  name: `the table ${table} takes nothing`,
  code: 'internal_error',
  ...(table === 'sign_in_tickets' && {
    codeIn: { 'a browser': null, 'a client of the API': null, 'the app by code': null },
  }),
  ...(table === 'users' && { person: 'atten' }),
  prepare: async ({ store }) =>
    void (await store.pool.query(`alter table ${table} add constraint never check (false) not valid`)),
  after: async ({ store }) => void (await store.pool.query(`alter table ${table} drop constraint never`)),
});

/** PostgreSQL is gone, with every connection to it. */
const withoutDatabase: Provoked[] = [
  {
    name: 'the database gone before the start',
    code: 'database_unavailable',
    prepare: (stack) => stack.loseDatabase(),
    after: (stack) => stack.regainDatabase(),
  },
  {
    name: 'the database gone on the way back',
    code: 'database_unavailable',
    finish: async (returned, stack) => (await stack.loseDatabase(), returned.finish()),
    after: (stack) => stack.regainDatabase(),
  },
];

/** Only where userinfo is asked at all. */
const byCodeOnly = (provoked: Provoked): Provoked => ({
  ...provoked,
  codeIn: { 'a browser': null, 'a client of the API': null, 'the app by ticket': null },
});

const changed = (change: (parameters: URLSearchParams) => void) => async (returned: Returned) => {
  const parameters = new URLSearchParams(returned.callback);
  change(parameters);
  return returned.finish(parameters);
};

/** Cold: before BankID's metadata and keys are held. */
export const coldErrors: Provoked[] = [
  ...faulty(unavailable, 'discovery', ['503', {}]),
  ...faulty(unavailable, 'jwks', ['503', {}]),
];

export const errors: Provoked[] = [
  { name: 'all is well', code: undefined },
  { name: 'another state', code: mismatch, finish: changed((to) => to.set('state', madeUp)) },
  { name: 'another code', code: exchange, finish: changed((to) => to.set('code', strangersNumber)) },
  {
    name: 'another issuer',
    code: mismatch,
    finish: changed((to) => to.set('iss', `https://${strangersNumber}`)),
  },
  {
    name: 'a code that is too long',
    code: mismatch,
    codeIn: { 'the app by code': 'invalid_request' },
    finish: changed((to) => to.set('code', madeUp.repeat(200))),
  },
  {
    name: 'a callback that comes again',
    code: mismatch,
    finish: async (returned) => (await returned.finish(), returned.finish()),
  },
  {
    name: 'another browser, or another verifier',
    code: mismatch,
    finish: (returned) =>
      returned.finish(undefined, { cookies: `drop-sign-in=${madeUp}`, appVerifier: madeUpVerifier }),
  },
  { name: 'a person who cancels', code: 'sign_in_cancelled', person: 'avbryter' },
  {
    name: 'a page that expired at BankID',
    code: 'sign_in_expired',
    prepare: async (stack) => {
      const set = { error: 'temporarily_unavailable', error_description: 'authentication_expired' };
      await stack.act('bankid', 'bend_next_callback', { without: ['code'], set });
    },
  },
  { name: 'a person of 17', code: 'sign_in_under_age', person: 'sytten' },
  { name: 'no number', code: token, person: 'uten-nummer' },
  { name: 'down on the way back', code: unavailable, person: 'nede' },
  ...faulty(
    exchange,
    'token',
    ['400', { status: 400 }],
    ['302', { status: 302 }],
    ['not JSON', { effect: 'malformed' }],
  ),
  ...faulty(
    unavailable,
    'token',
    ['503', {}],
    ['429', { status: 429 }],
    ['a broken connection', { effect: 'reset' }],
  ),
  ...faulty(unavailable, 'par', ['503', {}], ['400', { status: 400 }], ['not JSON', { effect: 'malformed' }]),
  ...faulty(unavailable, 'userinfo', ['503', {}]).map(byCodeOnly),
  ...faulty(exchange, 'userinfo', ['401', { status: 401 }], ['not JSON', { effect: 'malformed' }]).map(
    byCodeOnly,
  ),
  {
    name: 'no ID token',
    code: exchange,
    prepare: (stack) => stack.override({ withoutResponse: ['id_token'] }),
  },
  overriddenToken('a signature that does not hold', { signature: 'tampered' }),
  overriddenToken('a signature in no encoding', { signature: 'not_base64url' }),
  overriddenToken('no algorithm', { alg: 'none', signature: 'empty' }),
  overriddenToken('five parts', { parts: 5 }),
  overriddenToken('an unknown key', { key: 'unpublished' }),
  overriddenToken('another issuer in the token', { claims: { iss: `https://${numberOf('kari')}.example` } }),
  overriddenToken('another audience', { claims: { aud: [numberOf('kari'), 'other'] } }),
  overriddenToken('another nonce', { claims: { nonce: numberOf('kari') } }),
  overriddenToken('a token that has run out', { claims: { exp: 1 } }),
  overriddenToken('no subject', { withoutClaims: ['sub'] }),
  overriddenToken('a weaker level', { claims: { acr: numberOf('kari') } }),
  overriddenToken('another access token', { claims: { at_hash: numberOf('kari') } }),
  overriddenToken('a birth date that contradicts the number', { claims: { birthdate: '1999-09-09' } }),
  overriddenToken('a number with a letter', {
    claims: { pid: `${numberOf('kari')}x`, nnin_altsub: undefined },
  }),
  overriddenToken('a number that is a number', { claims: { pid: Number(numberOf('kari')) } }),
  ...['sign_in_transactions', 'users', 'sessions', 'sign_in_tickets'].map(unwritable),
  ...withoutDatabase,
  { name: 'another customer', code: undefined, person: 'ola' },
  {
    name: 'the number of one, the subject of another',
    code: 'sign_in_identity_conflict',
    prepare: asSubjectOf('Ola Prøvdal'),
  },
  { name: 'somebody with a D-number', code: undefined, person: 'dina', isOnce: true },
  {
    name: 'another number than before',
    code: undefined,
    person: 'dina',
    isOnce: true,
    prepare: (stack) => stack.override({ claims: { pid: newNumber, nnin_altsub: newNumber } }),
  },
];

function asSubjectOf(name: string): (stack: CanaryStack) => Promise<void> {
  return async (stack) => {
    const { rows } = await stack.store.pool.query<{ subject: string }>(
      'select bankid_subject as subject from users where name = $1',
      [name],
    );
    const claims = { sub: rows[0]?.subject };
    await stack.override({ claims });
    await stack.overrideUserinfo({ claims });
  };
}
