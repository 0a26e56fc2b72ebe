/** Items of a provider's answer that could not be parsed and were skipped. */
export interface OddItems {
  provider: string;
  /** e.g. `sumsub.applicant_status`. */
  operation: string;
  count: number;
}
