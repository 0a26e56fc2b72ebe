/** What the server embedded in the page as JSON, in the element with this id; undefined where there is nothing to read. */
export function valueInPage(page: Document, id: string): unknown {
  const text = page.getElementById(id)?.textContent;
  if (!text) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
