import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ibanFromAccountNumber } from './banking/account-number.ts';
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
    ['a webhook URL', 'https://hooks.slack.com/services/T0/B0/secret', '[webhook url]'],
    ['a workflow URL', 'https://hooks.slack.com/workflows/T0/A0/1/secret', '[webhook url]'],
    ['a value named like a secret', 'client_secret=hunter22', 'client_secret=[redacted]'],
    ['a quoted value named like a secret', '"access_token": "a b c"', '"access_token": [redacted]'],
    ['an authorization code in a URL', '/callback?code=abc123&x=1', '/callback?code=[redacted]&x=1'],
  ])('takes out %s', (_name, secret, replacement) => {
    expect(redactText(`before ${secret} after`)).toBe(`before ${replacement} after`);
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
    ['a ULID', '01JZ4W6M3N8Q2R5T7V9X0Y1Z2A'],
    ['a time', '2026-02-23T14:30:00.000Z'],
  ])('leaves %s', (_name, text) => {
    expect(redactText(text)).toBe(text);
  });

  test('removes an account number at any position', () => {
    const words = fc.string().map((text) => text.replace(/[\dA-Z]/gi, ''));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const text = redactText(`${before}12345678903 ${after} ${ibanFromAccountNumber('12345678903')}`);
        expect(text).not.toContain('12345678903');
      }),
    );
  });

  test.each([
    ['secret-', 20_000],
    ['eyJ-', 20_000],
    ['NO93 8601 ', 20_000],
    ['Bearer ', 20_000],
  ])('answers on %j repeated without end', (part, length) => {
    expect(redactText(part.repeat(length / part.length)).length).toBeGreaterThan(0);
  });
});
