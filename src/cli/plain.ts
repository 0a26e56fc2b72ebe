/** What others named, without what a terminal would obey and what would turn its letters around. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Control}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}]/gu, '?');
}
