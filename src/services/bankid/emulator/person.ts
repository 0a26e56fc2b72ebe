/** Someone to sign in as. The number is synthetic. */
export interface BankIdPerson {
  id: string;
  name: string;
  nationalIdentityNumber: string;
  /** `YYYY-MM-DD`. */
  birthdate: string;
  /** What will happen to them in Drop, for the one who chooses. */
  note: { nb: string; en: string };
  /**
   * `signs_in`: all is well. `cancels`: comes back with `access_denied`. `unavailable`: comes back with a code, but the
   * token endpoint answers 503. `number_missing`: signs in, but the ID token has no national identity number.
   */
  outcome: 'signs_in' | 'cancels' | 'unavailable' | 'number_missing';
}
