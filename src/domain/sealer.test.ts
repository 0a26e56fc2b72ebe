import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDropError } from './errors.ts';
import { createSealer, isSealed, type SealedPlace, type Sealer, type SealingKey } from './sealer.ts';
import { Secret } from './secret.ts';

const keyOf = (id: string): SealingKey => ({ id, key: new Secret(`key-of-${id}-`.repeat(4)) });
const newNonce = (): Uint8Array => randomBytes(12);
const sealerOf = (current: string, ...former: string[]): Sealer =>
  createSealer({ current: keyOf(current), formerKeys: former.map(keyOf), newNonce });

const sealer = sealerOf('2026', '2025');
const here: SealedPlace = { table: 'provider_secrets', column: 'sealed', row: 'row-1' };

/** The message of what is refused; the test fails where nothing is. */
function refusal(open: () => string): string {
  try {
    open();
  } catch (error) {
    if (isDropError(error, 'internal_error')) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const anyText = fc.string({ unit: 'grapheme', maxLength: 200 });
const anyPlace = fc.record({ table: fc.string(), column: fc.string(), row: fc.string() });

describe('a sealed text', () => {
  test('opens to what was sealed, whatever it is and wherever it belongs', () => {
    fc.assert(
      fc.property(anyText, anyPlace, (text, place) => {
        const sealed = sealer.seal(text, place);
        expect(isSealed(sealed)).toBe(true);
        expect(sealer.open(sealed, place)).toBe(text);
      }),
    );
  });

  test('is refused when any of its characters is another one', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.stringMatching(/^[\w.-]$/), (text, at, other) => {
        const sealed = sealer.seal(text, here);
        const index = at % sealed.length;
        fc.pre(sealed[index] !== other);
        const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
        expect(refusal(() => sealer.open(changed, here))).not.toBe('nothing was refused');
      }),
      { numRuns: 1_000 },
    );
  });

  test('is refused when any bit of nonce, ciphertext or tag is flipped', () => {
    const sealed = sealer.seal('refresh-token', here);
    const [version, id, data = ''] = sealed.split('.');
    const bytes = Buffer.from(data, 'base64url');
    for (let bit = 0; bit < bytes.byteLength * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const changed = `${version}.${id}.${flipped.toString('base64url')}`;
      expect(refusal(() => sealer.open(changed, here))).toMatch(/it was changed/);
    }
  });

  test('has one spelling: its last digit is refused when it is another one', () => {
    for (const text of ['', 'a', 'ab', 'abc']) {
      const sealed = sealer.seal(text, here);
      const others = [...digits].filter((digit) => !sealed.endsWith(digit));
      for (const digit of others)
        expect(refusal(() => sealer.open(sealed.slice(0, -1) + digit, here))).toMatch(/it was changed/);
    }
  });

  test('is refused when it is shortened', () => {
    const sealed = sealer.seal('refresh-token', here);
    for (let length = 0; length < sealed.length; length += 1)
      expect(refusal(() => sealer.open(sealed.slice(0, length), here))).not.toBe('nothing was refused');
  });

  test.each(['table', 'column', 'row'] as const)('is refused at another %s', (name) => {
    fc.assert(
      fc.property(anyPlace, fc.string(), (place, other) => {
        fc.pre(place[name] !== other);
        const sealed = sealer.seal('refresh-token', place);
        expect(refusal(() => sealer.open(sealed, { ...place, [name]: other }))).toMatch(/another place/);
      }),
    );
  });

  test('is refused at a place whose names read the same only when they are joined', () => {
    const sealed = sealer.seal('refresh-token', { table: 'ab', column: 'c', row: '1' });
    const other = { table: 'a', column: 'bc', row: '1' };
    expect(refusal(() => sealer.open(sealed, other))).toMatch(/another place/);
  });

  test('is refused under another key of the same id', () => {
    const sealed = sealer.seal('refresh-token', here);
    const other = createSealer({
      current: { id: '2026', key: new Secret('another key'.repeat(4)) },
      formerKeys: [],
      newNonce,
    });
    expect(refusal(() => other.open(sealed, here))).toMatch(/under key "2026" it was changed/);
  });

  test('is refused when it is presented as sealed under another configured key', () => {
    const sealed = sealer.seal('refresh-token', here).replace('2026', '2025');
    expect(refusal(() => sealer.open(sealed, here))).toMatch(/under key "2025" it was changed/);
  });

  test('under a key that is not configured is refused with the id of that key', () => {
    const sealed = sealerOf('2024').seal('refresh-token', here);
    expect(refusal(() => sealer.open(sealed, here))).toBe('the encryption key "2024" is not configured');
  });

  test('does not repeat itself and shows nothing of what it holds', () => {
    const twice = [sealer.seal('refresh-token', here), sealer.seal('refresh-token', here)];
    expect(new Set(twice).size).toBe(2);
    for (const sealed of twice) {
      const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
      expect(bytes.includes('refresh')).toBe(false);
    }
  });
});

describe('the keys', () => {
  test('the current one seals, and the former ones still open', () => {
    const old = sealerOf('2025').seal('refresh-token', here);
    expect(sealer.open(old, here)).toBe('refresh-token');
    expect(sealer.seal('refresh-token', here)).toMatch(/^v1\.2026\./);
    expect(sealer.keyIds).toEqual(['2026', '2025']);
  });

  test('never share an id', () => {
    expect(() => sealerOf('2026', '2026')).toThrow('ids of encryption keys differ from each other');
  });

  test('have ids without a dot, which would end the id in a sealed text', () => {
    expect(() => sealerOf('2026.1')).toThrow('ids of encryption keys are letters');
  });

  test('are in no message and in no printed sealer', () => {
    const sealed = sealer.seal('refresh-token', here);
    const message = refusal(() => sealer.open(sealed, { ...here, row: 'row-2' }));
    expect(`${message}${inspect(sealer, { depth: 9, showHidden: true })}`).not.toMatch(
      /key-of|refresh-token/,
    );
  });
});

test('a plain address is not taken for a sealed text', () => {
  expect(isSealed('https://bank.example/approve?token=v1.1.abc')).toBe(false);
  expect(refusal(() => sealer.open('https://bank.example/', here))).toMatch(/it is not sealed/);
});
