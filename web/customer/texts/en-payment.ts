import type { nbPayment } from './nb-payment.ts';

/** The texts of a payment's references and codes, in English. */
export const enPayment: typeof nbPayment = {
  reference: 'Reference',
  help: 'Need help with this payment?',
  forService: 'For customer service',
  codes: 'Payment codes',
  forServiceText: (bank) => `Drop or ${bank} may ask for these codes if you need help.`,
  bankReference: 'Bank reference',
  noBankReference: 'Not given yet',
  endToEndId: 'End-to-end ID',
  paymentId: 'Payment ID',
  copy: {
    copy: 'Copy',
    copied: 'Copied',
    copiedOf: (name) => `Copied: ${name}`,
    failed: 'We could not copy it. Select the text and copy it yourself.',
  },
};
