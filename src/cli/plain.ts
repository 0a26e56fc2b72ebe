/**
 * Makes a text from outside Drop safe for the terminal: control characters and characters that change the writing
 * direction become `?`.
 */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Control}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}]/gu, '?');
}

/** The same for a text of several lines, whose line breaks stay. */
export function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}
