/**
 * Makes a text from outside Drop safe for the terminal: control characters and characters that change the writing
 * direction become `?`.
 */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Control}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}]/gu, '?');
}
