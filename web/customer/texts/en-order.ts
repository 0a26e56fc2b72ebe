import type { OrderTexts } from './nb-order.ts';

/** The texts of when and to whom a customer pays, in English. */
export const enOrder: OrderTexts = {
  when: 'When should it be paid?',
  now: 'As soon as possible',
  onDay: 'On a date',
  date: 'Payment date',
  dateHint: (last) => `No later than ${last}`,
  instant: 'Instant payment',
  instantHint: (maximum) =>
    `Normally arrives within seconds, at any time of day. At most ${maximum}, and cannot be stopped afterwards.`,
  instantNotWithKid: 'A payment with a KID number cannot be instant.',
  arrival: {
    open: (time) => `If you approve before ${time}, the money normally arrives today.`,
    over: (day) =>
      `It is too late for today’s last settlement between banks. The money normally arrives on ${day}.`,
    short_day: (day) => `Banks close early today. The money normally arrives on ${day}.`,
    no_bank_day: (day) => `Banks are closed today. The money normally arrives on ${day}.`,
    instant: 'The money normally arrives within seconds.',
    on: (day) => `The money normally arrives on ${day}.`,
    closed: (chosen, day) => `Banks are closed on ${chosen}. The money normally arrives on ${day}.`,
  },
  aboveBalance: (balance) =>
    `The amount is more than your balance when we last checked, ${balance}. Make sure that there is enough money in the account on the payment date.`,
  review: {
    instant: 'Within seconds of your approval',
    closed: 'Banks are closed on that day',
    consent: (bank, day) =>
      `I ask Drop to set up this payment from my account with ${bank}, with the payment date ${day}.`,
    transfer: (bank, day) =>
      `We will take you to ${bank} to approve. Once you have approved, the money leaves your account on ${day} at the earliest.`,
    instantTransfer: (bank) =>
      `We will take you to ${bank} to approve. Once you have approved, the money leaves your account at once, and the payment cannot be stopped.`,
  },
  errors: {
    dateMissing: 'Choose the payment date',
    dateNotFuture: 'Choose a payment date after today, or choose As soon as possible',
    dateTooFar: (last) => `Your bank takes payments up to and including ${last}. Choose an earlier date`,
    dateNotTaken: (bank = 'Your bank') =>
      `${bank} does not take payments for a later date from Drop. Choose As soon as possible, or an account at another bank`,
    instantTooLarge: (maximum) =>
      `An instant payment can be at most ${maximum}. Enter a lower amount, or turn off instant payment`,
  },
};
