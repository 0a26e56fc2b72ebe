/** `123 456 785`, with spaces that do not break; the number has nine digits. */
export function formatOrganisationNumber(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, '$1\u00a0');
}
