/** A feature that is off for everyone until an operator or the configuration switches it on. */
interface DeclaredFlag {
  /** For operators: what a person gets with it. */
  description: string;
  /** The value without a setting. */
  isOnByDefault: boolean;
  /** Whether production may switch it on. Where it may not, production ignores every setting of it. */
  mayBeOnInProduction: boolean;
}

/** Every feature flag. Its name is what operators type, and the key by which OpenFeature asks for it. */
export const declaredFlags = {
  cards: {
    description: 'test cards: order one, freeze it, limit it, replace it, and try a purchase',
    isOnByDefault: false,
    mayBeOnInProduction: false,
  },
  'physical-cards': {
    description: 'physical test cards, for a person for whom "cards" is on',
    isOnByDefault: false,
    mayBeOnInProduction: false,
  },
} as const satisfies Record<string, DeclaredFlag>;

export type FlagName = keyof typeof declaredFlags;

/** The names of all flags, in the order in which they are declared. */
export const flagNames = Object.keys(declaredFlags) as [FlagName, ...FlagName[]];

/** Narrows a text to the name of a flag. */
export function isFlagName(text: string): text is FlagName {
  return Object.hasOwn(declaredFlags, text);
}
