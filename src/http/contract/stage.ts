import { z } from 'zod';

/** The path at which the sandbox serves its stage, on the app's origin. Production answers it like any unknown path. */
export type StagePath = '/__sandbox/stage';

/** How the banks answer: as usual, some seconds late, or not at all. */
const bankStates = ['usual', 'slow', 'down'] as const;
/** How the next payment ends at the bank, or that the bank never says whether it got it. */
const nextOutcomes = ['settle', 'reject', 'insufficient_funds', 'stall', 'unanswered'] as const;

/** Something that a provider got or sent. */
export interface StageEvent {
  id: string;
  /** ISO 8601. */
  at: string;
  /** The provider's name. */
  service: string;
  /** `call`: Drop called it. `webhook`: it called Drop. `mail`, `alert`: Drop wrote to a person. */
  kind: 'call' | 'webhook' | 'mail' | 'alert';
  text: string;
  /** The HTTP status of the answer; null where there was none. */
  status: number | null;
  /** The effect of the fault that struck the call; null where none did. */
  fault: string | null;
  /** Where it can be read in full; null where it cannot. */
  address: string | null;
}

/** What the stage shows. */
export interface Stage {
  /** The people to sign in as, with what will happen to them. */
  people: { id: string; name: string; note: Record<'nb' | 'en', string> }[];
  bank: (typeof bankStates)[number];
  isBankIdDown: boolean;
  isSumsubDown: boolean;
  nextPayment: (typeof nextOutcomes)[number];
  webhooks: { isHolding: boolean; held: number };
  /** The providers' own pages. */
  services: { name: string; title: string; origin: string }[];
  /** The newest first. */
  events: StageEvent[];
}

/** What can be done on the stage. */
export const stageActSchema = z.discriminatedUnion('act', [
  /** The next sign-in at BankID is this person's, without a page to choose. */
  z.strictObject({ act: z.literal('next_person'), person: z.string().min(1).max(40) }),
  z.strictObject({ act: z.literal('bank'), state: z.enum(bankStates) }),
  z.strictObject({ act: z.literal('bankid'), isDown: z.boolean() }),
  z.strictObject({ act: z.literal('sumsub'), isDown: z.boolean() }),
  z.strictObject({ act: z.literal('next_payment'), outcome: z.enum(nextOutcomes) }),
  /** The payments that wait for the customer, and those that no bank answered, can no longer be approved. */
  z.strictObject({ act: z.literal('expire_approvals') }),
  z.strictObject({ act: z.literal('expire_consents') }),
  /** Held, or released in the order in which they were sent. */
  z.strictObject({ act: z.literal('webhooks'), isHolding: z.boolean() }),
  /** Brings the day of scheduled payments nearer at the banks. */
  z.strictObject({ act: z.literal('pass_days'), days: z.int().min(1).max(400) }),
  /** Everything works again. */
  z.strictObject({ act: z.literal('usual') }),
]);
export type StageAct = z.output<typeof stageActSchema>;
