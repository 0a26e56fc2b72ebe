import type { PayFormTexts } from './nb-pay-form.ts';

export const enPayForm: PayFormTexts = {
  choose: 'Who are you paying?',
  fresh: 'New',
  freshName: 'New recipient',
  to: 'To',
  edit: 'Change recipient',
  kinds: { saved: 'saved', recent: 'recent', own: 'your own account' },
  payee: {
    possible: 'Your bank uses the account number, not the name.',
    not_possible: 'Drop cannot check who owns this account.',
  },
  balanceAfter: (balance) => `${balance} left after the payment`,
  balanceAfterHint: 'Based on your balance when we last checked.',
  paste: {
    open: 'Paste from an invoice',
    label: 'Invoice text',
    hint: 'We look for the account number, KID, amount and due date. The text is not saved or sent anywhere.',
    found: (fields) => `From the invoice: ${fields}. Check that everything is right.`,
    none: 'We found no account number, KID, amount or due date in the text.',
    late: (day) => `The due date is ${day}, so the payment is set to as soon as possible.`,
    far: (day) =>
      `The due date is ${day}. Drop cannot send your bank a payment for that date, so it is set to as soon as possible.`,
    fields: { accountNumber: 'account number', kid: 'KID', amount: 'amount', date: 'due date' },
  },
  recognised: 'From the invoice. Check that it is right.',
  days: {
    label: 'Choose a day',
    next: (day) => `Next banking day, ${day}`,
    due: (day) => `Due date, ${day}`,
  },
  save: {
    title: 'Save the recipient',
    text: (name) => `Then you can choose ${name} the next time you pay.`,
    action: 'Save recipient',
  },
};
