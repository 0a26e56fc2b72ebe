import type { DocumentTexts } from './texts.ts';

export const nb: DocumentTexts = {
  language: 'nb-NO',
  confirmation: {
    title: 'Betalingsbekreftelse',
    statement: (at) =>
      `Bekreftelsen gjelder per ${at}. Da hadde banken meldt at den hadde mottatt betalingen, men ikke at den var ` +
      'gjennomført.',
    status: (at) => `Mottatt, ikke meldt gjennomført (per ${at})`,
    note:
      'Bekreftelsen viser at du har godkjent betalingen, og at banken har mottatt den. Den er ikke en kvittering, og ' +
      'den viser ikke hva som har skjedd senere. Når banken har gjennomført betalingen, finner du kvitteringen i ' +
      'Drop. Alle klokkeslett er norsk tid.',
  },
  receipt: {
    title: 'Kvittering',
    statement: () => 'Banken har gjennomført betalingen.',
    status: () => 'Gjennomført',
    note:
      'Når pengene kommer inn på mottakerens konto, avhenger av mottakerens bank. ' +
      'Alle klokkeslett er norsk tid.',
  },
  payment: 'Betaling',
  status: 'Status',
  amount: 'Beløp',
  amountIn: (amount, currency) => `${amount} (${currency})`,
  kid: 'KID',
  message: 'Melding',
  requestedDate: 'Ønsket betalingsdato',
  asSoonAsPossible: 'Så snart som mulig',
  instant: 'Straks (straksbetaling)',
  receivedByDrop: 'Mottatt av Drop',
  receivedByBank: 'Mottatt av banken',
  settledAt: 'Gjennomført',
  creditor: 'Mottaker',
  debtor: 'Betaler',
  name: 'Navn',
  bank: 'Bank',
  account: 'Kontonummer',
  charges: 'Gebyrer',
  dropCharge: 'Gebyr fra Drop',
  bankCharge: 'Gebyr fra banken',
  bankChargeText: 'Følger avtalen din med banken. Banken trekker det selv.',
  references: 'Referanser',
  reference: 'Referanse',
  endToEndId: 'Ende-til-ende-ID',
  pageOf: (page, pages) => `Side ${page} av ${pages}`,
};
