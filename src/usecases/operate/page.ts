/** Entries of a list that runs from the newest to the oldest. */
export interface Page<Entry> {
  entries: Entry[];
  /** The highest id of the next page; undefined on the last page. */
  nextIdTo: number | undefined;
}

/** A page of at most `limit` entries, of which one more was read to know whether there is a next page. */
export function pageOf<Entry extends { id: number }>(found: readonly Entry[], limit: number): Page<Entry> {
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return { entries, nextIdTo: found.length > limit && last ? last.id - 1 : undefined };
}
