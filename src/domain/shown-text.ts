/** A complete emoji: Unicode's set of emoji recommended for general interchange (UTS 51). */
const emoji = '\\p{RGI_Emoji}';

/** Scripts in which a joiner between two letters changes their shape and is part of the spelling. */
const shapedScripts = 'Arab Syrc Mong Deva Beng Gujr Guru Knda Mlym Orya Sinh Taml Telu Khmr Mymr'.split(' ');
const shaped = `[${shapedScripts.map((script) => `\\p{scx=${script}}`).join('')}]`;
const joiner = `(?<=${shaped})[\\u200c\\u200d](?=${shaped})`;

/**
 * Characters that are invisible by themselves: direction marks, joiners, fillers, tags, variation selectors,
 * annotations.
 */
const unseen = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/v;

/**
 * The first two alternatives consume the invisible characters that are kept; the third matches the remaining ones. Made
 * for the first text that has an invisible character: reading the set of emoji would take 20 ms of each start.
 */
const keptOrUnseen = (): RegExp =>
  (made ??= new RegExp(`(?<kept>${emoji}|${joiner})|${unseen.source}`, 'gv'));
let made: RegExp | undefined;

const controls = /[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}\s]+/gu;

/**
 * Normalises a text from outside Drop, such as an account name, for storage and display: on one line, without
 * characters that reorder the text or its neighbours (Unicode, UAX 9) or make two different names look alike.
 */
export function shownText(text: string): string {
  return withoutUnseen(text.toWellFormed().normalize('NFC')).replace(controls, ' ').normalize('NFC').trim();
}

/** Repeats itself: marks that a removed character kept apart are put in order, and a joiner may lose its neighbour. */
function withoutUnseen(text: string): string {
  let before = text;
  while (unseen.test(before)) {
    const after = before
      .replace(keptOrUnseen(), (_match, kept: string | undefined) => kept ?? '')
      .normalize('NFC');
    if (after === before) break;
    before = after;
  }
  return before;
}

/** Twice the longest name of ISO 20022 (`Max70Text`), in UTF-16 units. */
const nameLengthMax = 140;

/** A name from outside Drop as shown text, at most 140 UTF-16 units long; undefined for one that shows nothing. */
export function shownName(name: string | null | undefined): string | undefined {
  const shown = shownText((name ?? '').slice(0, 2 * nameLengthMax));
  return shown.slice(0, nameLengthMax).toWellFormed() || undefined;
}
