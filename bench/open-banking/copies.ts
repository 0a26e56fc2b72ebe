/** The ids of a consent and its account, and those of its copies, in the same order. */
export interface Copies {
  from: readonly string[];
  to: readonly (readonly string[])[];
}

/** A text about the consent, as it is of a copy. */
export function asCopy(text: string, from: readonly string[], to: readonly string[]): string {
  return from.reduce((copied, id, place) => copied.replaceAll(id, to[place] ?? id), text);
}
