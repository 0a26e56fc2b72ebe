/**
 * The guards that make Drop safe. The model runs with all of them, and must find a fault when any one is left out, or
 * both of a pair of which either is enough.
 */
export const guards = {
  claimsOnce: 'one of all concurrent requests claims the payment',
  sendsOnlyWhatIsNotThere: 'only a payment that the bank certainly does not have is sent',
  doubtsLostAnswers: 'an initiation without an answer is unknown, not failed',
  waitsForQuarantine: 'absence is no evidence before the quarantine is over',
  expiresOnlyWhatNeedsApproval: 'a payment that needs no approval does not expire for want of an answer',
  fencesConclusions: 'a conclusion holds only for the payment as it was taken',
  repeatsOnlyWhereRecognised: 'an unanswered initiation is repeated only where the bank recognises it',
  doubtsSecondRefusals: 'a refusal of the second initiation says nothing about the first',
  neverGoesBack: 'a late report does not lead a payment back',
  comparesReports: 'a report that contradicts Drop is kept as a contradiction',
  withholdsLinks: 'a link to a payment that is over or contradicted is not shown',
} as const;
export type Guard = keyof typeof guards;
export type Guards = Readonly<Record<Guard, boolean>>;

export const guardNames = Object.keys(guards) as Guard[];
export const allGuards: Guards = Object.fromEntries(guardNames.map((name) => [name, true])) as Guards;

/** The guards that have to be left out for a fault to exist. */
export const lostGuards: readonly (readonly Guard[])[] = [
  ...guardNames
    .filter((name) => name !== 'comparesReports' && name !== 'withholdsLinks')
    .map((name) => [name]),
  ['comparesReports', 'withholdsLinks'],
];
