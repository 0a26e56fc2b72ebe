/** An emoji, whole: Unicode's set of those that are recommended for general interchange (UTS 51). */
const emoji = /\p{RGI_Emoji}/v;

/** Scripts whose letters take another shape, or none, beside a joiner; written with it, a word is spelt so. */
const shapedScripts = 'Arab Syrc Mong Deva Beng Gujr Guru Knda Mlym Orya Sinh Taml Telu Khmr Mymr'.split(' ');
const shaped = `[${shapedScripts.map((script) => `\\p{scx=${script}}`).join('')}]`;
const joiner = `(?<=${shaped})[\\u200c\\u200d](?=${shaped})`;

/**
 * Characters that show nothing by themselves: direction marks, joiners, fillers, tags, variation selectors,
 * annotations.
 */
const unseen = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/v;

/** Each of the first two takes in its unseen characters, so that the third finds the others alone. */
const keptOrUnseen = new RegExp(`(?<kept>${emoji.source}|${joiner})|${unseen.source}`, 'gv');

const controls = /[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}\s]+/gu;

/**
 * A text of somebody else's, such as the name of an account, as Drop keeps and shows it: on one line, and without what
 * would turn its letters or those of its neighbours around (Unicode, UAX 9) or make two names look alike.
 */
export function shownText(text: string): string {
  const seen = text.toWellFormed().replace(keptOrUnseen, (_match, kept: string | undefined) => kept ?? '');
  return seen.replace(controls, ' ').normalize('NFC').trim();
}
