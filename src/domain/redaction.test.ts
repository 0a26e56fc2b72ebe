import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ibanFromAccountNumber, isAccountNumber } from './banking/account-number.ts';
import { parseNationalIdentityNumber } from './identity/national-identity-number.ts';
import { redactText } from './redaction.ts';

/** Synthetic (Tenor: month + 80), with control digits that hold. */
const syntheticNumber = '01815000117';

describe('redactText', () => {
  test.each([
    ['a synthetic national number', syntheticNumber, '[national number]'],
    ['a national number written with a space', '018150 00117', '[national number]'],
    ['an account number', '12345678903', '[account number]'],
    ['an account number with dots', '1234.56.78903', '[account number]'],
    ['an account number with spaces', '1234 56 78903', '[account number]'],
    ['an IBAN', 'NO9386011117947', '[iban]'],
    ['an IBAN in groups', 'NO93 8601 1117 947', '[iban]'],
    ['a foreign IBAN', 'DE89370400440532013000', '[iban]'],
    ['a JWT', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl', '[token]'],
    ['an encrypted JWT', 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn', '[token]'],
    ['a bearer token', 'Bearer abc.def-ghi_jkl', 'Bearer [token]'],
    ['a bearer token on the next line', 'bearer\nabc.def-ghi_jkl', 'bearer [token]'],
    ['a webhook URL', 'https://hooks.slack.com/services/T0/B0/secret', '[webhook url]'],
    ['a workflow URL', 'https://hooks.slack.com/workflows/T0/A0/1/secret', '[webhook url]'],
    ['a value named like a secret', 'client_secret=hunter22', 'client_secret=[redacted]'],
    ['a token after the name of a call', 'bank.fetch_token: 3f29c1aa', 'bank.fetch_token: [redacted]'],
    ['a token that is a word of an error, named as none of a call', 'token: the', 'token: [redacted]'],
    ['a quoted value named like a secret', '"access_token": "a b c"', '"access_token": [redacted]'],
    ['an e-mail address', 'kari.nordmann+bank@drop.example', '[e-mail address]'],
    ['an e-mail address of letters beyond ASCII', 'bjørn@blåbær.no', '[e-mail address]'],
    ['an e-mail address in brackets', '<ola@drop.example>', '<[e-mail address]>'],
    [
      'credentials in a URL',
      'postgres://drop:hunter22@db.internal:5432/drop',
      'postgres://[credentials]@db.internal:5432/drop',
    ],
    ['an authorization code in a URL', '/callback?code=abc123&x=1', '/callback?code=[redacted]&x=1'],
  ])('takes out %s', (_name, secret, replacement) => {
    expect(redactText(`before ${secret} after`)).toBe(`before ${replacement} after`);
  });

  test('keeps the form of an address, which says no credentials', () => {
    const form = 'must be an address such as postgres://user:password@host:5432/drop';
    expect(redactText(form)).toBe(form);
  });

  test('removes every occurrence', () => {
    expect(redactText(`${syntheticNumber},${syntheticNumber}`)).toBe('[national number],[national number]');
  });

  test('removes an IBAN that is followed by capital letters', () => {
    expect(redactText('NO93 8601 1117 947 WAS REFUSED')).toBe('[iban] WAS REFUSED');
  });

  test('removes the secrets that the caller passes', () => {
    expect(redactText('posted to http://localhost/x/y', ['http://localhost/x/y', ''])).toBe(
      'posted to [secret]',
    );
  });

  test.each([
    ['a sentence', 'Sumsub did not answer within 10 s'],
    ['eleven digits without a valid control digit', 'order 12345678900'],
    ['eleven digits inside a longer number', `1${syntheticNumber}`],
    ['an IBAN whose control digits do not hold', 'NO0086011117940'],
    ['an error code that mentions a token', 'sign_in_token_invalid: wrong audience'],
    ['the status of a call for a token', 'bank.fetch_token: 302 without a code'],
    ['what is wrong with a call for a token', 'kyc.access_token: the answer does not say that it is JSON'],
    ['the code of a call for a token', 'bank.fetch_token: UND_ERR_SOCKET'],
    ['the code of a certificate in a call for a token', 'login.token: CERT_HAS_EXPIRED'],
    ['the end of a call for a token', 'kyc.access_token: provider_timeout'],
    ['a ULID', '01JZ4W6M3N8Q2R5T7V9X0Y1Z2A'],
    ['a time', '2026-02-23T14:30:00.000Z'],
    ['a path of a package', 'at file:///app/node_modules/@hono/node-server/dist/index.mjs:1:2'],
    ['a package with its version', 'zod@4.6.7'],
    ['a UUID', '0198c6f2-7f00-7000-8123-012345678901'],
  ])('leaves %s', (_name, text) => {
    expect(redactText(text)).toBe(text);
  });

  /** Text that does not make a number or a word longer where it touches one. */
  const around = fc.string({ maxLength: 40 }).map((text) => text.replace(/[\p{L}\d]/gu, ''));
  const digits = fc.array(fc.nat(9), { minLength: 10, maxLength: 10 }).map((all) => all.join(''));
  const accountNumbers = digits.map((ten) => `${ten}${controlDigitOf(ten)}`).filter(isAccountNumber);
  const nationalNumbers = fc
    .record({
      day: fc.integer({ min: 1, max: 28 }),
      month: fc.integer({ min: 1, max: 12 }),
      rest: fc.nat(999),
    })
    .map(({ day, month, rest }) => syntheticNumberOf(day, month, rest))
    .filter((found) => found !== undefined);
  const words = fc.stringMatching(/^[a-z][a-z0-9._-]{0,15}$/);
  const base64 = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/);
  const secrets = fc.oneof(
    accountNumbers,
    nationalNumbers,
    accountNumbers.map(ibanFromAccountNumber),
    fc.tuple(words, words).map(([local, host]) => `${local}@${host.replace(/\W+$/, '')}x.no`),
    fc.tuple(base64, base64, base64).map(([head, body, sign]) => `eyJ${head}.${body}.${sign}`),
    base64.map((token) => `Bearer ${token}`),
  );

  test('removes numbers, IBANs, addresses and tokens at any position, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(around, secrets), { maxLength: 4 }), around, (parts, end) => {
        const text = redactText(parts.map(([before, secret]) => `${before} ${secret} `).join('') + end);
        for (const [, secret] of parts) expect(text).not.toContain(secret.replace('Bearer ', ''));
      }),
    );
  });

  test('changes nothing in a text that it has redacted', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(around, secrets).map((parts) => parts.join(' ')),
        ),
        (text) => {
          const redacted = redactText(text);
          expect(redactText(redacted)).toBe(redacted);
        },
      ),
    );
  });

  test.each([
    ['secret-', 20_000],
    ['eyJ-', 20_000],
    ['NO93 8601 ', 20_000],
    ['Bearer ', 20_000],
    ['a@', 20_000],
    ['a.a@a.', 20_000],
    ['://a:', 20_000],
  ])('answers on %j repeated without end', (part, length) => {
    expect(redactText(part.repeat(length / part.length)).length).toBeGreaterThan(0);
  });
});

/** The last digit of an account number; none where the number cannot have one. */
function controlDigitOf(ten: string): string {
  return [...'0123456789'].find((digit) => isAccountNumber(`${ten}${digit}`)) ?? '';
}

/** A made-up national identity number of that day, whose month has 80 added; none where no control digits fit. */
function syntheticNumberOf(day: number, month: number, rest: number): string | undefined {
  const two = (number: number): string => `${number}`.padStart(2, '0');
  const nine = `${two(day)}${month + 80}90${`${rest}`.padStart(3, '0')}`;
  const ends = Array.from({ length: 100 }, (_, end) => `${nine}${two(end)}`);
  return ends.find((number) => parseNationalIdentityNumber(number).ok);
}
