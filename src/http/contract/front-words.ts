/** The words that a page brings before the app starts, in one language. */
export interface ServedWords {
  front: FrontWords;
  environment: EnvironmentWords;
}

/** The front page of a visitor. */
export interface FrontWords {
  title: string;
  lead: string;
  /** The link that signs in. */
  signIn: string;
  requirement: string;
  stepsTitle: string;
  steps: readonly Point[];
  trustTitle: string;
  trust: readonly Point[];
  /** The receipt in the picture. */
  example: { label: string; status: string; amount: readonly FigurePart[]; to: string; from: string };
}

interface Point {
  title: string;
  text: string;
}

/** A piece of an amount: a separator (`sign`), the unit, or digits. */
export interface FigurePart {
  text: string;
  kind: 'sign' | 'unit' | 'digits';
}

/** The banner of an environment without real money, and the button beside it that opens the sandbox's stage. */
export interface EnvironmentWords {
  sandbox: string;
  staging: string;
  /** All answers are made up. */
  mock: string;
  stage: string;
}
