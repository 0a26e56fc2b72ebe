/** A person to sign in as. The number is synthetic. */
export interface BankIdPerson {
  id: string;
  name: string;
  nationalIdentityNumber: string;
  /** `YYYY-MM-DD`. */
  birthdate: string;
  /** The outcome in Drop, shown on the page. */
  note: { nb: string; en: string };
  /**
   * `signs_in`: the sign-in succeeds. `cancels`: the callback has `access_denied`. `unavailable`: the callback has a
   * code, but the token endpoint answers 503. `number_missing`: the sign-in succeeds, but the ID token has no national
   * identity number.
   */
  outcome: 'signs_in' | 'cancels' | 'unavailable' | 'number_missing';
}
