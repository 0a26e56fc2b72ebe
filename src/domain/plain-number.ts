/**
 * Characters that show nothing and move nothing in a number: soft hyphen, zero-width space and joiners, word joiner and
 * invisible operators, byte order mark, and of the marks of direction those from left to right, those that find the
 * direction themselves, and their ends. Apps and documents put them around a number that is copied.
 *
 * The others stay, so that the number is refused: what turns its parts around (right-to-left marks, embeddings,
 * overrides and isolates; Unicode, UAX 9), and what nobody copies along with a number, such as tags, fillers and
 * variation selectors.
 */
const harmless = /[\u00ad\u200b-\u200e\u202a\u202c\u2060-\u2064\u2066\u2068\u2069\ufeff]/g;
/** Every dash of Unicode but those of scripts from right to left, which move what follows; and the minus sign. */
const dashes = /(?![\u05be\u{10d6e}\u{10ead}])[\p{Dash_Punctuation}\u2212]/gu;
/** The printable characters of ASCII, as wide as an ideograph. */
const fullWidth = /[\uff01-\uff5e]/g;
const fullWidthOffset = 0xfee0;

/**
 * A number as its reader sees it, in ASCII where there is an ASCII character for what is seen: invisible characters
 * that are harmless are gone, full-width digits and signs are plain ones, a dash is `-`. Spaces stay.
 *
 * Compatibility decomposition (NFKC) is not used: it would read `1250⁵⁰` as `125050`. Digits of other scripts stay as
 * they are, for whoever reads the result to refuse.
 */
export function plainNumber(text: string): string {
  return text
    .replace(harmless, '')
    .replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - fullWidthOffset))
    .replace(dashes, '-');
}

/**
 * As `plainNumber`, of a number that has a control digit: an account number, a KID. The right-to-left embedding
 * (U+202B) is left out as well, as the rest of the range U+202A…U+202C is: digits in one run read the same in it, and
 * where spaces make several runs of them, the control digit tells. An amount has none.
 */
export function plainCheckedNumber(text: string): string {
  return plainNumber(text.replaceAll('\u202b', ''));
}
