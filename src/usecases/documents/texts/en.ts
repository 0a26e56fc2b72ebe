import type { DocumentTexts } from './texts.ts';

export const en: DocumentTexts = {
  language: 'en-GB',
  confirmation: {
    title: 'Payment confirmation',
    statement: (at) =>
      `This confirmation is as of ${at}. By then, your bank had told us that it had received the payment, but not ` +
      'that it had completed it.',
    status: (at) => `Received, not reported as completed (as of ${at})`,
    note:
      'This confirmation shows that you approved the payment and that your bank received it. It is not a receipt, ' +
      'and it does not show what has happened since. You will find the receipt in Drop once your bank has completed ' +
      'the payment. All times are Norwegian time.',
  },
  receipt: {
    title: 'Receipt',
    statement: () => 'Your bank has completed the payment.',
    status: () => 'Completed',
    note:
      'The recipient’s bank decides when the money reaches the recipient’s account. ' +
      'All times are Norwegian time.',
  },
  payment: 'Payment',
  status: 'Status',
  amount: 'Amount',
  amountIn: (amount) => amount,
  kid: 'KID number',
  message: 'Message',
  requestedDate: 'Requested payment date',
  asSoonAsPossible: 'As soon as possible',
  instant: 'Immediately (instant payment)',
  receivedByDrop: 'Received by Drop',
  receivedByBank: 'Received by your bank',
  settledAt: 'Completed',
  creditor: 'Recipient',
  debtor: 'Payer',
  name: 'Name',
  bank: 'Bank',
  account: 'Account number',
  charges: 'Charges',
  dropCharge: 'Drop fee',
  bankCharge: 'Bank charges',
  bankChargeText: 'As agreed between you and your bank, which deducts them itself.',
  references: 'References',
  reference: 'Reference',
  endToEndId: 'End-to-end ID',
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
};
