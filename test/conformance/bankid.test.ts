import { describe, expect, it } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { isAdult } from '#domain/identity/age.ts';
import { parseNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import type { BankId } from '#services/bankid/service.ts';
import { createBankIdMock } from '#services/bankid/mock.ts';
import {
  choose,
  expectRefusal,
  mobileRedirectUri,
  redirectUri,
  startStack,
} from '../security/bankid/stack.ts';

interface Subject {
  bankId: BankId;
  clock: ManualClock;
  /** What the browser brings back after the person has signed in. */
  visit: (authorizeUrl: string) => Promise<URLSearchParams>;
}

const implementations: { name: string; create: () => Promise<Subject> }[] = [
  {
    name: 'mock',
    async create() {
      const clock = new ManualClock();
      const visit = async (authorizeUrl: string) => new URL(authorizeUrl).searchParams;
      return { bankId: createBankIdMock({ clock }), clock, visit };
    },
  },
  {
    name: 'client against the emulator',
    async create() {
      const { bankId, clock } = await startStack();
      return { bankId, clock, visit: (authorizeUrl) => choose(authorizeUrl, 'kari') };
    },
  },
  {
    name: 'client against the emulator, with client_secret_post and addresses given',
    async create() {
      const { clock, client, issuer } = await startStack();
      const bankId = client({
        clientAuthentication: 'client_secret_post',
        authorizeUrl: `${issuer}/precheck/auth`,
        tokenUrl: `${issuer}/protocol/openid-connect/token`,
        jwksUrl: `${issuer}/protocol/openid-connect/certs`,
      });
      return { bankId, clock, visit: (authorizeUrl) => choose(authorizeUrl, 'kari') };
    },
  },
];

describe.each(implementations)('BankID: $name', ({ create }) => {
  it('signs an adult in, whose number is valid, synthetic and of the birth date told', async () => {
    const { bankId, clock, visit } = await create();
    const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const identity = await bankId.completeSignIn(await visit(authorizeUrl), transaction);
    const number = parseNationalIdentityNumber(identity.nationalIdentityNumber.reveal());
    expect(number).toMatchObject({ ok: true, number: { synthetic: 'tenor', birthDate: identity.birthdate } });
    expect(isAdult(identity.birthdate ?? '', clock.now())).toBe(true);
    expect(identity.name).toMatch(/\w+ \w+/);
    expect(identity.subject).toMatch(/^[\w-]{20,}$/);
    expect(identity.issuer).toMatch(/^https?:/);
    expect(identity.acr).toBe('urn:bankid:bid;LOA=4');
  });

  it('gives the same person the same subject and number each time', async () => {
    const { bankId, visit } = await create();
    const identities = [];
    for (const locale of ['nb', 'en'] as const) {
      const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale });
      identities.push(await bankId.completeSignIn(await visit(authorizeUrl), transaction));
    }
    expect(identities[0]?.subject).toBe(identities[1]?.subject);
    expect(identities[0]?.nationalIdentityNumber.reveal()).toBe(
      identities[1]?.nationalIdentityNumber.reveal(),
    );
  });

  it('returns to the redirect URI of the app as well as to the one of the web', async () => {
    const { bankId, visit } = await create();
    const { authorizeUrl, transaction } = await bankId.startSignIn({
      redirectUri: mobileRedirectUri,
      locale: 'nb',
    });
    await expect(bankId.completeSignIn(await visit(authorizeUrl), transaction)).resolves.toBeDefined();
  });

  it('keeps two sign-ins apart, whichever ends first', async () => {
    const { bankId, visit } = await create();
    const first = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const second = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    expect(first.transaction.state).not.toBe(second.transaction.state);
    expect(first.transaction.nonce).not.toBe(second.transaction.nonce);
    expect(first.transaction.codeVerifier).not.toBe(second.transaction.codeVerifier);
    await bankId.completeSignIn(await visit(second.authorizeUrl), second.transaction);
    await bankId.completeSignIn(await visit(first.authorizeUrl), first.transaction);
  });

  it('refuses a code that was used', async () => {
    const { bankId, visit } = await create();
    const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const callback = await visit(authorizeUrl);
    await bankId.completeSignIn(callback, transaction);
    await expectRefusal(
      bankId.completeSignIn(callback, transaction),
      'sign_in_code_exchange_failed',
      /answered 400|does not know/,
    );
  });

  it('refuses a code that is older than a minute', async () => {
    const { bankId, clock, visit } = await create();
    const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const callback = await visit(authorizeUrl);
    clock.advance(60_000);
    await expectRefusal(bankId.completeSignIn(callback, transaction), 'sign_in_code_exchange_failed', /./);
  });

  it('refuses the callback of another sign-in', async () => {
    const { bankId, visit } = await create();
    const mine = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const other = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const callback = await visit(other.authorizeUrl);
    await expectRefusal(
      bankId.completeSignIn(callback, mine.transaction),
      'sign_in_state_mismatch',
      /does not belong to this sign-in/,
    );
  });

  it('refuses a code under the state of another sign-in', async () => {
    const { bankId, visit } = await create();
    const mine = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const other = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const callback = await visit(other.authorizeUrl);
    callback.set('state', mine.transaction.state);
    await expectRefusal(
      bankId.completeSignIn(callback, mine.transaction),
      'sign_in_code_exchange_failed',
      /answered 400|another/,
    );
  });

  it('tells a cancelled sign-in from a failed one', async () => {
    const { bankId } = await create();
    const { transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const callback = new URLSearchParams({ error: 'access_denied', state: transaction.state });
    await expectRefusal(bankId.completeSignIn(callback, transaction), 'sign_in_cancelled', /access_denied/);
  });
});

describe('BankID: mock', () => {
  it('signs in the person it is given', async () => {
    const person = { name: 'Une Under', birthdate: '2012-03-04' };
    const bankId = createBankIdMock({ clock: new ManualClock(), person });
    const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    const identity = await bankId.completeSignIn(new URL(authorizeUrl).searchParams, transaction);
    expect(identity).toMatchObject(person);
  });

  it('forgets what was begun when it is reset', async () => {
    const bankId = createBankIdMock({ clock: new ManualClock() });
    const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    bankId.reset();
    const callback = new URL(authorizeUrl).searchParams;
    await expectRefusal(
      bankId.completeSignIn(callback, transaction),
      'sign_in_code_exchange_failed',
      /does not know/,
    );
  });
});
