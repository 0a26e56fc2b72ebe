import type { PaymentRailTexts } from './nb-payment-rail.ts';

export const enPaymentRail: PaymentRailTexts = {
  label: 'Where the payment is',
  approval: 'Approval',
  nodes: ['Approved', 'At the bank', 'Paid'],
  states: {
    done: 'done',
    now: 'it is here now',
    waits: 'waiting',
    stopped: 'stopped here',
    unknown: 'not known',
    ahead: 'still to come',
  },
  balance: (account) => `Balance in ${account}`,
};
