import type { Entropy } from './entropy.ts';

/** Crockford's base32: without I, L, O and U. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeDigits = 10;
const randomDigits = 16;

/** A new ULID: 26 digits, of which the first ten are the time, so that ids sort by it. Source: github.com/ulid/spec. */
export function createUlid(now: Date, entropy: Pick<Entropy, 'token'>): string {
  const random = Buffer.from(entropy.token(), 'base64url');
  return `${encoded(BigInt(now.getTime()), timeDigits)}${[...random.subarray(0, randomDigits)].map(digitOf).join('')}`;
}

/** The form of a ULID. */
export const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

function encoded(value: bigint, length: number): string {
  const shifts = Array.from({ length }, (_, index) => BigInt(5 * (length - 1 - index)));
  return shifts.map((shift) => digitOf(Number((value >> shift) & 31n))).join('');
}

/** The digit of the lowest five bits. */
function digitOf(value: number): string {
  return digits.charAt(value & 31);
}
