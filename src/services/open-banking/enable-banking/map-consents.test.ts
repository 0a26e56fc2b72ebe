import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fixture } from './fixture.ts';
import { toBank, toConsentStatus, toGrant } from './map.ts';
import { aspspsSchema, authorizeSessionSchema, sessionSchema } from './wire.ts';

describe('consent', () => {
  test.each([
    ['AUTHORIZED', 'active'],
    ['PENDING_AUTHORIZATION', 'pending'],
    ['RETURNED_FROM_BANK', 'pending'],
    ['EXPIRED', 'expired'],
    ['CLOSED', 'revoked'],
    ['REVOKED', 'revoked'],
    ['CANCELLED', 'cancelled'],
    ['INVALID', 'failed'],
    ['SOMETHING_NEW', 'pending'],
  ])('%s is %s', (status, expected) => {
    expect(toConsentStatus(sessionSchema.parse({ status }).status)).toBe(expected);
  });

  test('grants the accounts that can be read, by the hash that outlives it', () => {
    const grant = toGrant(authorizeSessionSchema.parse(fixture('authorized-session')), 'NO');
    expect(grant).toEqual({
      reference: '4604aa90-f8a8-4180-92d8-0c3270846f0a',
      bankId: 'DNB',
      validUntil: new Date('2026-08-22T14:20:00Z'),
      accounts: [
        {
          reference: '07cc67f4-45d6-494b-adac-09b5cbc7e2b5@DNB',
          identity: 'hash-one',
          accountNumber: '12345678903',
          name: 'Brukskonto',
          ownerName: 'Kari Prøve',
          currency: 'NOK',
        },
        {
          reference: 'b2f2d7a1-9d4b-4c38-8c5a-8c1d7f6a2e11+credit@DNB',
          identity: 'hash-two',
          accountNumber: '86011117947',
          name: 'Kredittkonto',
          ownerName: 'Kari Prøve',
          currency: 'NOK',
        },
      ],
    });
  });
});

test('names are shown as they read, whatever characters a bank puts into them', () => {
  const session = z
    .looseObject({ accounts: z.array(z.looseObject({})) })
    .parse(fixture('authorized-session'));
  const [account] = session.accounts;
  const accounts = [
    { ...account, details: '\u202eotnoK\u202c 1', name: 'Kari\u2067Prøve' },
    { ...account, details: '\u200b', product: 'Brukskonto', name: null },
    { ...account, details: 'Konto'.repeat(10_000) },
  ];
  const parsed = authorizeSessionSchema.parse({ ...session, accounts });
  expect(toGrant(parsed, 'NO')?.accounts).toMatchObject([
    { name: 'otnoK 1', ownerName: 'KariPrøve' },
    { name: 'Brukskonto', ownerName: undefined },
    { name: 'Konto'.repeat(28) },
  ]);
  const [aspsp] = aspspsSchema.parse(fixture('aspsps'));
  expect(aspsp && toBank({ aspsp: { ...aspsp, name: 'DN\u202eB' }, readsBalances: true })).toMatchObject({
    id: 'DN\u202eB',
    name: 'DNB',
  });
});

describe('accounts of a session', () => {
  const uid = '07cc67f4-45d6-494b-adac-09b5cbc7e2b5';
  const good = {
    uid,
    account_id: { iban: 'NO7112345678903', other: null },
    details: 'Brukskonto',
    currency: 'NOK',
    identification_hash: 'hash',
  };
  const session = {
    session_id: 's',
    aspsp: { name: 'DNB', country: 'NO' },
    access: { valid_until: '2026-08-22' },
  };
  const accountsOf = (...accounts: unknown[]) =>
    toGrant(authorizeSessionSchema.parse({ ...session, accounts }), 'NO')?.accounts;
  const granted = {
    reference: `${uid}@DNB`,
    identity: 'hash',
    accountNumber: '12345678903',
    name: 'Brukskonto',
    currency: 'NOK',
  };

  test.each([
    [null],
    ['an account'],
    [{}],
    [{ ...good, uid: 7 }],
    [{ ...good, uid: '../sessions' }],
    [{ ...good, account_id: null, identification_hash: null }],
    [{ ...good, account_id: { iban: 'DE89370400440532013000' }, identification_hash: undefined }],
    [{ ...good, account_id: { iban: 'NO7112345678904' }, identification_hash: 7 }],
  ])('such as %j do not cost the good ones', (odd) => {
    expect(accountsOf(odd, good)).toEqual([{ ...granted, ownerName: undefined }]);
  });

  test.each([
    [{ identification_hash: undefined }, { identity: undefined }],
    [{ identification_hash: { hash: 1 } }, { identity: undefined }],
    [{ identification_hash: '' }, { identity: undefined }],
    [{ account_id: null }, { accountNumber: undefined }],
    [{ account_id: 'NO7112345678903' }, { accountNumber: undefined }],
    [{ account_id: { iban: 7, other: { identification: '12345678903', scheme_name: null } } }, {}],
    [{ account_id: { iban: null, other: { identification: '1234.56.78903' } } }, {}],
    [{ account_id: null, all_account_ids: [null, { identification: '12345678903', scheme_name: null }] }, {}],
    [{ account_id: null, all_account_ids: 'none' }, { accountNumber: undefined }],
    [{ details: 7, product: 'Konto Pluss' }, { name: 'Konto Pluss' }],
    [{ details: '', product: 'Konto Pluss' }, { name: 'Konto Pluss' }],
    [{ details: 'Bruks\0konto', product: [] }, { name: undefined }],
    [{ currency: 'XXX' }, { currency: undefined }],
    [{ currency: null }, { currency: undefined }],
    [{ currency: 'nok' }, { currency: undefined }],
    [{ currency: 'EUR' }, { currency: 'EUR', reference: `${uid}+EUR@DNB` }],
    [{ credit_limit: { currency: 'NOK', amount: '0.00' } }, {}],
    [{ credit_limit: { currency: 'NOK', amount: '+5000.00' } }, { reference: `${uid}+credit@DNB` }],
    [{ credit_limit: 'some' }, { reference: `${uid}+credit@DNB` }],
  ])('with %j are kept, as far as they can be read', (change, expected) => {
    expect(accountsOf({ ...good, ...change })).toEqual([{ ...granted, ownerName: undefined, ...expected }]);
  });

  test.each([
    { aspsp: undefined },
    { aspsp: { name: 'DNB' } },
    { access: null },
    { access: { valid_until: 'soon' } },
    { accounts: undefined },
    { accounts: 'none' },
    { accounts: [] },
    { accounts: [{ ...good, uid: null }] },
  ])('are no grant with %j, but the session is known', (change) => {
    const parsed = authorizeSessionSchema.parse({ ...session, accounts: [good], ...change });
    expect(parsed.session_id).toBe('s');
    expect(toGrant(parsed, 'NO')).toBeUndefined();
  });

  test.each([undefined, null, '', 7, '.', '..', 'a\0b', '\ud800'])(
    'of session %j are nobody’s',
    (session_id) => {
      expect(authorizeSessionSchema.safeParse({ ...session, session_id }).success).toBe(false);
    },
  );

  test('of a bank of another country are of another bank', () => {
    const abroad = { ...session, aspsp: { name: 'DNB', country: 'FI' }, accounts: [good] };
    expect(toGrant(authorizeSessionSchema.parse(abroad), 'NO')?.bankId).toBe('DNB (FI)');
  });
});
