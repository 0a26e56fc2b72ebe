/** The texts of the list of payments, in bokmål. */
export const nbPaymentList = {
  form: 'Søk i betalinger',
  text: 'Søk',
  textHint: 'Navn, beløp, KID, melding eller kontonummer',
  status: 'Status',
  statuses: {
    any: 'Alle',
    ongoing: 'Pågår',
    settled: 'Betalt',
    unpaid: 'Ikke betalt',
  },
  from: 'Fra dato',
  to: 'Til dato',
  datesReversed: 'Til-datoen kan ikke være før fra-datoen.',
  narrow: 'Velg status og datoer',
  search: 'Søk',
  clear: 'Nullstill søket',
  list: 'Betalinger, nyeste først',
  more: 'Vis flere',
  older: 'Let blant eldre betalinger',
  nothingYet: 'Vi har ikke funnet noe blant de nyeste betalingene. Det finnes eldre betalinger.',
  noneTitle: 'Ingen treff',
  noneText: 'Ingen av betalingene dine passer med søket.',
  shown: (count: number, hasMore: boolean) => {
    const payments = count === 1 ? 'betaling' : 'betalinger';
    return `Viser ${count} ${payments}${hasMore ? ', og det finnes flere' : ''}`;
  },
};
