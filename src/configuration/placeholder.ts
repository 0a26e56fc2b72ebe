/** Whether a value of `.env.example` or of the documents was not filled in. */
export function isPlaceholder(text: string): boolean {
  return /^<[^<>]*>$|…/.test(text);
}
