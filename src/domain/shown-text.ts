/** Joiners stay: they hold emoji and letters of some scripts together, and move nothing. */
const deceptive = /[\p{Bidi_Control}\u00ad\u200b\u2060\ufeff]/gu;
const controls = /[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}\s]+/gu;

/**
 * A text of somebody else's, such as the name of an account, as Drop keeps and shows it: on one line, and without what
 * would turn its letters or those of its neighbours around (Unicode, UAX 9) or make two names look alike.
 */
export function shownText(text: string): string {
  return text.toWellFormed().replace(deceptive, '').replace(controls, ' ').normalize('NFC').trim();
}
