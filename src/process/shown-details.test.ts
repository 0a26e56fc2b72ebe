import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { shown, shownText } from './shown-details.ts';

describe('the details of a line', () => {
  test.each(['password', 'newPassword', 'authorization', 'set-cookie', 'accessToken', 'api_key', 'email'])(
    'hide the value of %s, however deep it stands',
    (name) => {
      expect(shown({ a: [{ [name]: 'plain words' }] })).toEqual({ a: [{ [name]: '[redacted]' }] });
    },
  );

  test('keep what is empty or a number, under any name', () => {
    expect(shown({ token: '', secret: 3, email: null })).toEqual({ token: '', secret: 3, email: null });
  });

  test('hide what looks secret under a name that says nothing, also in names', () => {
    expect(shown({ note: 'ola@drop.example', 'ola@drop.example': 1 })).toEqual({
      note: '[e-mail address]',
      '[e-mail address]': 1,
    });
  });

  test('show an error by its known fields, with its causes', () => {
    const error = new DropError('not_found', {
      message: 'no ola@drop.example',
      cause: new TypeError('12345678903'),
      retryAfterMs: 5,
    });
    expect(shown({ error })).toMatchObject({
      error: {
        name: 'DropError',
        code: 'not_found',
        message: 'no [e-mail address]',
        cause: { name: 'TypeError', message: '[account number]' },
      },
    });
  });

  test('never throw, and never show a secret, whatever they are', () => {
    const hostile = fc.constantFrom<unknown>(
      new Date(Number.NaN),
      10n,
      Symbol('x'),
      new Secret('hunter22-hunter22'),
      Object.defineProperty({}, 'x', {
        enumerable: true,
        get: () => {
          throw new Error('hunter22-hunter22');
        },
      }),
      Object.assign(new Error('x'), { message: undefined, stack: undefined }),
      new Proxy({}, { ownKeys: () => ['a', 'a'] }),
      circular(),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.anything(), hostile)), (details) => {
        expect(JSON.stringify(shown(details))).not.toContain('hunter22');
      }),
    );
  });

  test('are cut where they are long, and no number is left in half', () => {
    expect(shownText('x'.repeat(20_000))).toHaveLength(10_001);
    const text = shownText(`${'x '.repeat(4_997)}12345678903 ${'y '.repeat(5_000)}`);
    expect(text).not.toContain('1234');
    expect(Object.keys(shown({ list: Array.from({ length: 5_000 }, () => 1) }))).toEqual(['list']);
  });
});

function circular(): object {
  const found: Record<string, unknown> = {};
  found['itself'] = found;
  return found;
}
