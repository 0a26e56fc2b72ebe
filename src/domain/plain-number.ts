/**
 * Invisible characters that do not change how a number is displayed: soft hyphen, zero-width space and joiners, word
 * joiner and invisible operators, byte order mark, and the left-to-right, first-strong and terminating direction marks.
 * Apps and documents put them around a number that is copied.
 *
 * Other invisible characters are kept, so that the number is refused: those that reorder its parts (right-to-left
 * marks, embeddings, overrides and isolates; Unicode, UAX 9), and those that are not copied along with a number by
 * accident, such as tags, fillers and variation selectors.
 */
const harmless = /[\u00ad\u200b-\u200e\u202a\u202c\u2060-\u2064\u2066\u2068\u2069\ufeff]/g;
/**
 * Every Unicode dash and the minus sign, except the dashes of right-to-left scripts, which reorder the text after them.
 */
const dashes = /(?![\u05be\u{10d6e}\u{10ead}])[\p{Dash_Punctuation}\u2212]/gu;
/** The full-width forms of the printable ASCII characters. */
const fullWidth = /[\uff01-\uff5e]/g;
const fullWidthOffset = 0xfee0;

/**
 * Normalises a number to ASCII as far as its appearance allows: harmless invisible characters are removed, full-width
 * characters become ASCII, and every dash becomes `-`. Spaces are kept.
 *
 * Compatibility decomposition (NFKC) is not used: it would read `1250⁵⁰` as `125050`. Digits of other scripts are kept
 * unchanged, so that the caller's validation refuses them.
 */
export function plainNumber(text: string): string {
  return text
    .replace(harmless, '')
    .replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - fullWidthOffset))
    .replace(dashes, '-');
}

/**
 * Like `plainNumber`, for numbers with a control digit (account numbers and KIDs). The right-to-left embedding (U+202B)
 * is removed too. It does not reorder a single run of digits, and if spaces divide the number into several runs, the
 * control digit detects the reordering. An amount has no control digit, so this is not safe for amounts.
 */
export function plainCheckedNumber(text: string): string {
  return plainNumber(text.replaceAll('\u202b', ''));
}
