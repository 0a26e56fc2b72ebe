import type { OrderTexts } from './nb-order.ts';

/** The texts of when and to whom a customer pays, in English. */
export const enOrder: OrderTexts = {
  when: 'When should it be paid?',
  now: 'As soon as possible',
  onDay: 'On a date',
  date: 'Payment date',
  reminder: 'We remind you of the payment the day before.',
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
  creditors: {
    choose: 'Choose a recipient',
    fresh: 'New recipient',
    saved: 'Saved recipients',
    own: 'Your own accounts',
    recent: 'Recent recipients',
    manage: 'Save or change recipients',
  },
  own: {
    payee: 'You are transferring to your own account',
    account: (name, bank) => `${name}, ${bank}`,
    linked: (bank) => `We have the account number from ${bank}, where you linked the account.`,
  },
  recipients: {
    title: 'Recipients',
    lead: 'Save the people and companies you often pay, and choose them when you pay. Only you see the name you give them.',
    saved: 'Saved recipients',
    noneSaved: 'You have not saved any recipients.',
    recent: 'Recent recipients',
    noneRecent: 'Once you have made a payment, you can save the recipient here.',
    label: 'The name you want to use',
    labelHint: 'For example Mum or Rent. The recipient and the bank do not see it.',
    labelMissing: 'Enter a name',
    labelLong: (maximum) => `The name must be ${maximum} characters or fewer`,
    keep: 'Save the name',
    kept: (label) => `${label} has been saved`,
    save: 'Save',
    saveOf: (name) => `Save ${name}`,
    rename: 'Change name',
    renameOf: (label) => `Change name of ${label}`,
    remove: 'Remove',
    removeOf: (label) => `Remove ${label}`,
    removeTitle: (label) => `Remove ${label}?`,
    removeText: 'Payments you have made are not affected. You can save the recipient again later.',
    removeConfirm: 'Yes, remove',
    removed: (label) => `${label} has been removed`,
  },
  errors: {
    dateMissing: 'Choose the payment date',
    dateNotFuture: 'Choose a payment date after today, or choose As soon as possible',
    dateTooFar: (last) =>
      `Your bank accepts payment dates up to and including ${last}. Choose an earlier date`,
    dateNotTaken: (bank = 'Your bank') =>
      `${bank} does not accept payments for a later date from Drop. Choose As soon as possible, or an account at another bank`,
    instantTooLarge: (maximum) =>
      `An instant payment can be at most ${maximum}. Enter a lower amount, or turn off instant payment`,
  },
};
