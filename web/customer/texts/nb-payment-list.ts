/** The texts of the list of payments, in bokmål. */
export const nbPaymentList = {
  statement: {
    title: 'Last ned oversikt',
    text: 'Oversikten har alle betalingene du opprettet i perioden, også dem som ikke ble betalt. Perioden kan være høyst ett år.',
    from: 'Fra og med',
    to: 'Til og med',
    pdf: 'Last ned PDF',
    csv: 'Last ned til regneark (CSV)',
    started: 'Nedlastingen har startet',
    faults: {
      missing: 'Velg en dato.',
      reversed: 'Til-datoen kan ikke være før fra-datoen.',
      too_long: 'Perioden kan være høyst ett år. Velg en tidligere til-dato eller en senere fra-dato.',
      offline: 'Du er uten nett. Prøv på nytt når nettet er tilbake.',
    },
  },
  form: 'Søk i betalinger',
  text: 'Søk',
  textHint: 'Navn, beløp, KID, melding, kontonummer eller referanse',
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
