import type { FieldFault } from '../errors.ts';
import type { RemittanceInformation } from '../payment/order.ts';
import { messageLengthMax, norwegianBankCharacters, notCarried, type CharacterSet } from './bank-text.ts';

/** The payments that can be called back through the provider before the bank carries it out. */
export type Cancellation = 'none' | 'scheduled' | 'any';

/** The limits of a bank on a domestic payment of a private customer, as data. */
export interface PaymentRules {
  /** The currencies of payments, as ISO 4217 codes. */
  currencies: readonly string[];
  /** Whether a KID can be given through the provider. */
  takesKid: boolean;
  /** The shortest and the longest KID, in characters. */
  kidLength: { min: number; max: number };
  /** The longest text, in characters. */
  textLengthMax: number;
  /** A class of a regular expression, e.g. `[a-zA-Z0-9 ]`; undefined for the characters of all Norwegian banks. */
  textCharacters: string | undefined;
  /** Whether a payment must name the account that it is paid from; elsewhere the customer may choose it at the bank. */
  needsDebtorAccount: boolean;
  /** Whether an instant payment can be ordered through the provider. */
  takesInstant: boolean;
  /** How many days ahead a payment can be ordered; 0 where none can be ordered for a later day. */
  daysAheadMax: number;
  cancellation: Cancellation;
  /** The statuses that mean that the payment is settled, as on the wire (ISO 20022). */
  settledStatuses: readonly string[];
}

/** The rules of a bank that declares none of its own. */
export const usualPaymentRules: PaymentRules = {
  currencies: ['NOK'],
  takesKid: true,
  kidLength: { min: 2, max: 25 },
  textLengthMax: messageLengthMax,
  textCharacters: undefined,
  needsDebtorAccount: true,
  takesInstant: false,
  daysAheadMax: 0,
  cancellation: 'none',
  settledStatuses: ['ACSC', 'ACCC'],
};

/** The reason why a bank does not take a KID or a text. */
export type RemittanceFault = { kind: 'kid_not_taken' } | { kind: 'field'; fault: FieldFault };

/**
 * The fault of a KID or text at a bank; undefined where the bank takes it. Characters come before the length, since
 * removing them shortens the text.
 */
export function remittanceFault(
  remittance: RemittanceInformation,
  rules: PaymentRules,
): RemittanceFault | undefined {
  switch (remittance.kind) {
    case 'none':
      return undefined;
    case 'kid':
      return kidFault(remittance.kid, rules);
    case 'text':
      return textFault(remittance.text, rules);
  }
}

function kidFault(kid: string, { takesKid, kidLength }: PaymentRules): RemittanceFault | undefined {
  if (!takesKid) return { kind: 'kid_not_taken' };
  if (kid.length >= kidLength.min && kid.length <= kidLength.max) return undefined;
  return { kind: 'field', fault: { field: 'kid', message: 'payment_kid_invalid' } };
}

function textFault(text: string, rules: PaymentRules): RemittanceFault | undefined {
  const visible = notCarried(text, characterSetOf(rules))?.visible ?? [];
  if (visible.length > 0)
    return {
      kind: 'field',
      fault: { field: 'text', message: 'characters_not_carried', characters: visible },
    };
  if (text.length <= rules.textLengthMax) return undefined;
  return {
    kind: 'field',
    fault: { field: 'text', message: 'text_too_long', lengthMax: rules.textLengthMax },
  };
}

/** One class: any other expression may be written to take for ever, and is the bank's to apply. */
const characterClass = /^\[(?:[^\]\\[]|\\.)+\]$/;

/** The characters that a bank takes in a text. A class that cannot be read leaves the judgement to the bank. */
export function characterSetOf({ textCharacters }: Pick<PaymentRules, 'textCharacters'>): CharacterSet {
  if (textCharacters === undefined || !characterClass.test(textCharacters)) return norwegianBankCharacters;
  try {
    return new RegExp(textCharacters, /\\p/i.test(textCharacters) ? 'u' : '');
  } catch {
    return norwegianBankCharacters;
  }
}
