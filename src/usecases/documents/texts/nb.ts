import type { DocumentTexts } from './texts.ts';

export const nb: DocumentTexts = {
  language: 'nb-NO',
  confirmation: {
    title: 'Betalingsbekreftelse',
    statement: 'Banken har mottatt betalingen. Den er ikke gjennomført ennå.',
    status: 'Mottatt, ikke gjennomført ennå',
    note:
      'Bekreftelsen viser at du har godkjent betalingen, og at banken har mottatt den. Den er ikke en kvittering. ' +
      'Når banken har gjennomført betalingen, finner du kvitteringen i Drop. Alle klokkeslett er norsk tid.',
  },
  receipt: {
    title: 'Kvittering',
    statement: 'Banken har gjennomført betalingen.',
    status: 'Gjennomført',
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
  dropReference: 'Drops referanse',
  endToEndId: 'Ende-til-ende-ID',
  pageOf: (page, pages) => `Side ${page} av ${pages}`,
};
