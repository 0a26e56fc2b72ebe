/** The texts of a payment's way to the recipient, in bokmål. */
export const nbPaymentRail = {
  label: 'Hvor betalingen er',
  approval: 'Godkjenning',
  nodes: ['Godkjent', 'I banken', 'Betalt'],
  states: {
    done: 'gjort',
    now: 'her er den nå',
    waits: 'venter',
    stopped: 'stoppet her',
    unknown: 'uavklart',
    ahead: 'gjenstår',
  },
  balance: (account: string) => `Saldo på ${account}`,
};

export type PaymentRailTexts = typeof nbPaymentRail;
