interface Question {
  title: string;
  text: string[];
}

/** The help page, in bokmål. Each answer says only what this code does. */
export const nbHelp = {
  title: 'Hjelp',
  lead: 'Svar på det flest lurer på.',
  questions: [
    {
      title: 'Er pengene innom Drop?',
      text: [
        'Nei. Pengene går rett fra banken din til mottakeren. Drop sender betalingen til banken, og du godkjenner den der.',
      ],
    },
    {
      title: 'Når er pengene framme?',
      text: [
        'Vanligvis samme dag hvis du godkjenner før bankenes siste oppgjør, ellers neste bankdag. Bankene gjør ikke opp i helger og på helligdager.',
        'Du ser når pengene normalt er framme, før du bekrefter. Noen banker tilbyr også straksbetaling.',
      ],
    },
    {
      title: 'Jeg vet ikke om betalingen gikk gjennom. Skal jeg betale på nytt?',
      text: [
        'Ikke betal på nytt før du vet. Se under Betalinger: Der står det om pengene er trukket, om de ikke er trukket, eller om vi ikke vet det ennå.',
        'Vet vi det ikke, spør vi banken til vi får svar, og gir deg beskjed.',
      ],
    },
    {
      title: 'Kan jeg stoppe en betaling?',
      text: [
        'Før du har godkjent den: ja, ved ikke å godkjenne. Har den dato fram i tid, kan du vanligvis stoppe den fram til virkedagen før. Åpne betalingen under Betalinger. Kan den ikke stoppes i Drop, kan du spørre banken.',
        'En straksbetaling kan ikke stoppes.',
      ],
    },
    {
      title: 'Jeg betalte til feil konto. Hva gjør jeg?',
      text: [
        'Kontakt banken din med en gang. Den kan be mottakerens bank om å få pengene tilbake. Oppgi referansen som står på betalingen i Drop.',
      ],
    },
    {
      title: 'Det er en betaling jeg ikke kjenner igjen',
      text: [
        'Ring banken din med en gang, og si fra til oss. Banken kan sperre kontoen og BankID.',
        'Se også under Enheter om noen andre er logget inn, og logg dem ut.',
      ],
    },
    {
      title: 'Noen ber meg godkjenne noe jeg ikke har startet',
      text: [
        'Ikke godkjenn, og oppgi aldri koder eller passord. Drop ringer deg ikke og ber deg ikke om å flytte penger. Er du i tvil, ring banken på nummeret du selv finner på nettsidene deres.',
      ],
    },
    {
      title: 'Hva kan Drop se i banken min?',
      text: [
        'Kontonavn, kontonummer og saldo for kontoene du velger. Transaksjonene leser vi bare når banken ikke har svart på en betaling, for å finne den. Vi ser ikke passordet ditt.',
        'Under Samtykker ser du hva du har gitt tilgang til, og hvor lenge.',
      ],
    },
    {
      title: 'Hvorfor må jeg fornye samtykket?',
      text: [
        'Etter loven gjelder et slikt samtykke i høyst 180 dager, og noen banker har kortere tid. Vi sier fra før det går ut. Du kan også trekke det tilbake når du vil.',
      ],
    },
    {
      title: 'Hvorfor må jeg bekrefte identiteten min?',
      text: [
        'Loven krever at vi vet hvem som betaler. Kontrollen gjør du én gang, og den tar vanligvis noen minutter. Noen kontroller gjøres manuelt og tar lengre tid.',
      ],
    },
  ] as Question[],
  contactTitle: 'Fant du ikke svaret?',
  contact: 'Kontakt kundeservice:',
  contactText:
    'Gjelder det en feilmelding, kan du oppgi det som står nederst i den. Send aldri koder eller passord.',
  noContact: 'Under Om Drop og klage finner du foretaket bak Drop.',
  about: 'Om Drop og klage',
};

export type HelpTexts = typeof nbHelp;
