/**
 * Characters that show nothing: joiners, marks of direction, soft hyphens (Unicode, Default_Ignorable_Code_Point). Apps
 * and documents put them around a number that is copied.
 */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
/** Every dash of Unicode, and the minus sign, which is none of them. */
const dashes = /[\p{Dash_Punctuation}\u2212]/gu;
/** The printable characters of ASCII, as wide as an ideograph. */
const fullWidth = /[\uff01-\uff5e]/g;
const fullWidthOffset = 0xfee0;

/**
 * A number as its reader sees it, in ASCII where there is an ASCII character for what is seen: invisible characters
 * are gone, full-width digits and signs are plain ones, every dash is `-`. Spaces stay.
 *
 * Compatibility decomposition (NFKC) is not used: it would read `1250⁵⁰` as `125050`. Digits of other scripts stay as
 * they are, for whoever reads the result to refuse.
 */
export function plainNumber(text: string): string {
  return text
    .replace(invisible, '')
    .replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - fullWidthOffset))
    .replace(dashes, '-');
}
