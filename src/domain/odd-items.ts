/** What of a provider's answer could not be read and was left out. */
export interface OddItems {
  provider: string;
  /** e.g. `sumsub.applicant_status`. */
  operation: string;
  count: number;
}
