/**
 * The characters that a terminal acts on and that JSON does not escape: DEL, the controls from U+0080 on (U+009B begins
 * a command, as ESC [ does), and characters that change the writing direction.
 */
const acted = /[\u007f-\u009f\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}]/u;
const actedAll = new RegExp(acted, 'gu');

/** JSON that means the same and that a terminal only shows, for texts from outside Drop. */
export function escapedJson(json: string): string {
  return acted.test(json) ? json.replaceAll(actedAll, escape) : json;
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
