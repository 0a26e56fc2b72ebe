/**
 * The fields of bodies that may be stored, by operation; no other field is stored. A field is a path such as
 * `review.answer`, which applies to every item of a list.
 */
export type RecordedFields = Readonly<
  Record<string, { request?: readonly string[]; response?: readonly string[] }>
>;
