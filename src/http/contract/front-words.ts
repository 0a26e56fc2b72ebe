/** What a visitor reads and can do at once on the front page, in the app's own words. */
export interface FrontWords {
  title: string;
  lead: string;
  /** The link that signs in. */
  signIn: string;
  requirement: string;
}
