/**
 * One word of a POSIX shell's command line, for commands that operators paste. Texts of providers may be part of them:
 * nothing in a word is expanded or carried out, and control characters are left out.
 */
export function shellWord(text: string): string {
  if (/^[\w.:@-]+$/.test(text)) return text;
  return `'${text.replace(/\p{Cc}/gu, '').replaceAll("'", String.raw`'\''`)}'`;
}
