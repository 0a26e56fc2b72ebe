/** The texts that a bank transmits with a payment: the creditor's name and the message. */

/** The longest name of a creditor, in characters: 70 of ISO 20022's 140, as in SEPA (EPC implementation guidelines). */
export const creditorNameLengthMax = 70;
/** The longest message, in characters (ISO 20022, `Max140Text`). A bank that accepts less declares its own limit. */
export const messageLengthMax = 140;

/** A set of characters, as an expression that matches one of them. */
export type CharacterSet = RegExp;

/**
 * The characters that Norwegian banks transmit in a domestic payment, unless a bank declares its own set: the printable
 * characters of ISO 8859-1 except the no-break space and the soft hyphen. The source is Nordea, whose branch in Norway
 * takes files "in UTF-8 format, using only the characters included in ISO-8859-1" (Corporate eGateway, Message
 * Implementation Guideline for pain.001.001.03, version 2.6, section 1). That rule is for companies. No bank publishes
 * a rule for private customers, so a bank may accept more characters or fewer.
 *
 * The set contains the Sami letter á, but not č, đ, ŋ, š, ŧ and ž, which are refused like any other letter outside the
 * set, with an error that lists them. A bank that does not support a letter may reject a payment that was already
 * approved, or replace the letter; only the customer can decide how to spell a name without it.
 */
export const norwegianBankCharacters: CharacterSet = /[\u0020-\u007e\u00a1-\u00ac\u00ae-\u00ff]/;

/** Typographic characters that keyboards and word processors insert in place of plain ones with the same meaning. */
const typography: readonly [RegExp, string][] = [
  [/[\u2018\u2019\u201a\u201b]/g, "'"],
  [/[\u201c-\u201f]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/\u2026/g, '...'],
  [/\p{Space_Separator}/gu, ' '],
];

/**
 * Normalises a text to the form that is sent to the bank, which is also the form that the customer sees before
 * approving: letters are composed (`a` and U+030A become `å`), typographic spaces, quotation marks and dashes become
 * plain ones, and surrounding spaces and line breaks are removed. No other character is replaced or removed.
 */
export function bankText(text: string): string {
  const plain = typography.reduce((rest, [signs, sign]) => rest.replace(signs, sign), text.normalize('NFC'));
  return withoutBlankEnds(plain);
}

/** `trim` would also remove invisible characters such as U+FEFF, and a regular expression would take quadratic time. */
function withoutBlankEnds(text: string): string {
  const isBlank = (index: number): boolean => ' \t\r\n'.includes(text.charAt(index));
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** A sequence that is displayed as one character: a letter with its marks, an emoji with its modifiers, a flag. */
const seenAsOne =
  /\p{Regional_Indicator}{2}|.(?:[\p{Mark}\p{Emoji_Modifier}\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic})*/gsu;
/** Control characters, line breaks, direction marks, joiners and lone surrogates. */
const hidden =
  /[\p{Control}\p{Format}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}\p{Default_Ignorable_Code_Point}]/u;

/** The most characters that one error message lists. Further ones are reported once these are corrected. */
const namedMax = 20;

/** The characters of a text that a bank does not accept. */
export interface NotCarried {
  /** The visible ones, without duplicates, in the order of the text; at most twenty. */
  visible: string[];
  /** Whether there are invisible ones, which an error message cannot show. */
  hasHidden: boolean;
}

/** The characters of `text` that a bank does not accept; undefined when it accepts all of them. */
export function notCarried(
  text: string,
  carried: CharacterSet = norwegianBankCharacters,
): NotCarried | undefined {
  const refused = [...text.matchAll(seenAsOne)]
    .map(([seen]) => ({ seen, characters: [...seen].filter((character) => !carried.test(character)) }))
    .filter(({ characters }) => characters.length > 0);
  if (refused.length === 0) return undefined;
  const visible = refused.filter(
    ({ characters }) => !characters.every((character) => hidden.test(character)),
  );
  return {
    visible: [...new Set(visible.map(({ seen }) => seen))].slice(0, namedMax),
    hasHidden: visible.length < refused.length,
  };
}
