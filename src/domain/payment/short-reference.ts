/** Crockford's Base32: without I, L, O and U, so that no two signs are taken for each other. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;
const hexDigits = 10;

/**
 * A reference to read aloud, such as `7K4M-Q2XT`: the last 40 bits of the payment's id, which are random. A customer
 * hardly has two payments with one reference; among ten million payments of all customers, some fifty pairs share one.
 */
export function shortReferenceOf(paymentId: string): string {
  const digits = Number.parseInt(paymentId.slice(-hexDigits), 16)
    .toString(signs.length)
    .padStart(length, '0');
  const written = Array.from(digits, (digit) => signs[Number.parseInt(digit, signs.length)]).join('');
  return `${written.slice(0, length / 2)}-${written.slice(length / 2)}`;
}

/**
 * The last ten hexadecimal digits of the id that a short reference names; undefined when `written` is none. Case,
 * spaces and dashes do not matter, and a letter that looks like a digit is read as that digit.
 */
export function idEndingOf(written: string): string | undefined {
  const text = written
    .replace(/[\s-]+/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const values = Array.from(text, (sign) => signs.indexOf(sign));
  if (values.length !== length || values.includes(-1)) return undefined;
  const bits = values.reduce((sum, value) => sum * signs.length + value, 0);
  return bits.toString(16).padStart(hexDigits, '0');
}
