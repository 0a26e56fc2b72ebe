/** Entries of a list, the newest first. */
export interface Page<Entry> {
  entries: Entry[];
  /** The id of the entry after which the next page begins; undefined on the last page. */
  nextAfter: number | undefined;
}

/** A page of at most `limit` entries, of which one more was read to know whether there is a next page. */
export function pageOf<Entry extends { id: number }>(found: readonly Entry[], limit: number): Page<Entry> {
  const entries = found.slice(0, limit);
  return { entries, nextAfter: found.length > limit ? entries.at(-1)?.id : undefined };
}
