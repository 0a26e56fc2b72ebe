const letters = { upper: /[A-Z]/g, lower: /[a-z]/g };
const lettersMin = 3;
const base64Form = /^[\w+/-]+={0,2}$/;
const hexForm = /^[0-9a-f]+$/i;
/** Words with one separator between them, or with a capital each. */
const wordsForm = /^(?:[A-Z]?[a-z]*|\d+)([-_+/])(?:(?:[A-Z]?[a-z]*|\d+)\1)+(?:[A-Z]?[a-z]*|\d+)$/;
const capitalsForm = /^(?:[A-Z][a-z]+){4,}\d*$/;

/**
 * Whether `text` can be random bytes in base64, base64url or hexadecimal digits, and not a pass phrase. Of ten million
 * random keys of 32 bytes about one is taken for a pass phrase. `openssl` breaks lines after 64 digits, so line breaks
 * do not count.
 */
export function looksRandom(text: string): boolean {
  const digits = text.replaceAll(/\r?\n/g, '');
  if (hexForm.test(digits.replaceAll('-', ''))) return true;
  if (!base64Form.test(digits) || wordsForm.test(digits) || capitalsForm.test(digits)) return false;
  return Object.values(letters).every((kind) => (digits.match(kind) ?? []).length >= lettersMin);
}
