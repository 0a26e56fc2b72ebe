/** A word that the enumeration of its field does not know. It comes from the wire: not to be logged. */
export interface UnknownWord {
  field: string;
  word: unknown;
}

/** What of a provider's answer its schema did not expect. Fields are named by their paths, without a value. */
export interface UnexpectedAnswer {
  provider: string;
  operation: string;
  /** Fields that could not be read, or are required and absent. */
  unreadable: readonly string[];
  words: readonly UnknownWord[];
}
