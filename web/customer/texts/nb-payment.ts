/** The texts of a payment's references and codes, in bokmål. */
export const nbPayment = {
  reference: 'Referanse',
  help: 'Trenger du hjelp med betalingen?',
  forService: 'For kundeservice',
  codes: 'Koder for betalingen',
  forServiceText: (bank: string) => `Trenger du hjelp, kan Drop eller ${bank} spørre etter disse kodene.`,
  bankReference: 'Bankens referanse',
  noBankReference: 'Ikke oppgitt ennå',
  endToEndId: 'Ende-til-ende-ID',
  paymentId: 'Betalings-ID',
  copy: {
    copy: 'Kopier',
    copied: 'Kopiert',
    copiedOf: (name: string) => `Kopiert: ${name}`,
    failed: 'Vi fikk ikke kopiert. Merk teksten og kopier den selv.',
  },
};
