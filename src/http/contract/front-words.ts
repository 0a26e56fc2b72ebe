/** The words and the link of the front page that a visitor has before the app starts. */
export interface FrontWords {
  title: string;
  lead: string;
  /** The link that signs in. */
  signIn: string;
  requirement: string;
}
