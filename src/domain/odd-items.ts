/** The parts of a provider's answer that could not be read and were left out. */
export interface OddItems {
  provider: string;
  /** e.g. `sumsub.applicant_status`. */
  operation: string;
  count: number;
}
