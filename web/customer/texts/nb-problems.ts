/** What the screen says when something went wrong, by the kind of problem; in bokmål. */
export const nbProblems = {
  kinds: {
    signInInterrupted: {
      title: 'Innloggingen ble brutt',
      explanation:
        'Den ble kanskje startet i en annen fane eller en annen nettleser, eller det gikk for lang tid.',
      next: 'Logg inn på nytt, og fullfør i samme nettleser.',
    },
    signInCancelled: {
      title: 'Du avbrøt innloggingen',
      explanation: 'Du er ikke logget inn.',
      next: 'Logg inn når du vil.',
    },
    signInFailed: {
      title: 'Vi fikk ikke logget deg inn',
      explanation: 'Noe gikk galt mellom BankID og oss. Feilen ligger ikke hos deg.',
      next: 'Prøv å logge inn på nytt.',
    },
    underAge: {
      title: 'Du må ha fylt 18 år',
      explanation: 'Opplysningene fra BankID viser at du er under 18. Vi har ikke opprettet noen bruker.',
      next: 'Du er velkommen når du har fylt 18.',
    },
    signInConflict: {
      title: 'Vi kan ikke logge deg inn',
      explanation:
        'Opplysningene fra BankID stemmer ikke med dem vi har fra før. For sikkerhets skyld har vi ikke logget deg inn.',
      next: 'Vi har fått beskjed og ser på saken.',
    },
    tooMany: {
      title: 'For mange forsøk',
      explanation: 'Det kom for mange forsøk på kort tid.',
      next: 'Vent litt, og prøv igjen.',
    },
    signInUnavailable: {
      title: 'BankID er utilgjengelig akkurat nå',
      explanation: 'Vi får ikke svar fra BankID. Feilen ligger ikke hos deg.',
      next: 'Vent litt, og prøv igjen.',
    },
    signedOut: {
      title: 'Du er logget ut',
      explanation:
        'Vi logger deg ut etter en stund av sikkerhetsgrunner. Du kan også ha blitt logget ut fra en annen enhet.',
      next: 'Logg inn igjen for å fortsette.',
    },
    signInAgain: {
      title: 'Logg inn på nytt',
      explanation:
        'Banken ber om fødselsnummeret ditt. Vi lagrer det ikke, så vi får det bare når du logger inn.',
      next: 'Logg inn igjen, og prøv en gang til.',
    },
    kycRequired: {
      title: 'Bekreft identiteten først',
      explanation: 'Identiteten din må være bekreftet før du kan gjøre dette.',
      next: 'Start kontrollen, eller se hvor langt den har kommet.',
    },
    kycRejected: {
      title: 'Identiteten din er ikke bekreftet',
      explanation: 'Derfor kan du ikke gjøre dette nå.',
      next: 'Se hva du kan gjøre under Bekreft identiteten.',
    },
    kycUnavailable: {
      title: 'Identitetskontrollen er utilgjengelig akkurat nå',
      explanation: 'Feilen ligger ikke hos deg, og det du har sendt inn, går ikke tapt.',
      next: 'Prøv igjen om litt.',
    },
    bankUnavailable: {
      title: 'Banken svarer ikke akkurat nå',
      explanation: 'Feilen ligger ikke hos deg.',
      next: 'Prøv igjen om litt.',
    },
    consentCancelled: {
      title: 'Du avbrøt hos banken',
      explanation: 'Banken ble ikke koblet til, og ingen opplysninger ble delt.',
      next: 'Du kan velge bank på nytt.',
    },
    consentFailed: {
      title: 'Samtykket ble ikke fullført',
      explanation: 'Banken ble ikke koblet til.',
      next: 'Prøv igjen, eller velg en annen bank.',
    },
    bankReturnUnknown: {
      title: 'Vi kjenner ikke igjen svaret fra banken',
      explanation: 'Det kan være for gammelt, eller det kan høre til en annen innlogging.',
      next: 'Hvis du godkjente en betaling, må du se under Betalinger før du betaler på nytt.',
    },
    consentEnded: {
      title: 'Samtykket gjelder ikke lenger',
      explanation:
        'Vi kan ikke hente saldoen, og du kan ikke betale fra kontoen før du har gitt et nytt samtykke.',
      next: 'Koble til banken på nytt.',
    },
    notFound: {
      title: 'Vi finner ikke det du leter etter',
      explanation: 'Det finnes ikke, eller det hører til en annen bruker.',
      next: 'Gå til forsiden, og finn fram derfra.',
    },
    paymentRefused: {
      title: 'Betalingen ble ikke godtatt',
      explanation: 'Ingen penger er trukket fra kontoen din.',
      next: 'Kontroller opplysningene, og prøv igjen.',
    },
    paymentOutcomeUnknown: {
      title: 'Vi vet ikke ennå om banken har fått betalingen',
      explanation: 'Vi spør banken og viser svaret under Betalinger.',
      next: 'Ikke betal på nytt.',
    },
    paymentExists: {
      title: 'Skjemaet er allerede brukt til en betaling',
      explanation:
        'Det finnes en betaling fra dette skjemaet, med andre opplysninger enn de du ser her. Denne er ikke sendt.',
      next: 'Se den første betalingen før du betaler på nytt.',
    },
    paymentRepeated: {
      title: 'Du har nettopp startet en lik betaling',
      explanation:
        'Den er på samme beløp og til samme konto, og den kan være gjennomført. Denne betalingen er ikke sendt.',
      next: 'Se den første betalingen før du betaler én gang til.',
    },
    notCancellable: {
      title: 'Betalingen kan ikke avbrytes i Drop',
      explanation: 'Banken har den, og den kan ikke stoppes herfra.',
      next: 'Spør banken om den kan stoppes der.',
    },
    statementTooLong: {
      title: 'Perioden har for mange betalinger',
      explanation: 'Oversikten er ikke laget.',
      next: 'Velg en kortere periode. En CSV-fil har plass til flere enn en PDF.',
    },
    notDismissable: {
      title: 'Betalingen kan ikke legges bort',
      explanation: 'Den venter ikke lenger på godkjenning, eller den kan avbrytes i stedet.',
      next: 'Se hva som har skjedd med den.',
    },
    offline: {
      title: 'Du er uten nett',
      explanation: 'Det du prøvde på, ble ikke sendt, og det sendes ikke senere av seg selv.',
      next: 'Prøv igjen når nettet er tilbake.',
    },
    offlineUnread: {
      title: 'Du er uten nett',
      explanation: 'Vi får ikke hentet det som skulle stå her.',
      next: 'Prøv igjen når nettet er tilbake.',
    },
    unavailable: {
      title: 'Tjenesten er utilgjengelig akkurat nå',
      explanation: 'Feilen ligger ikke hos deg.',
      next: 'Prøv igjen om litt.',
    },
    failed: {
      title: 'Noe gikk galt',
      explanation: 'Det du prøvde på, gikk kanskje ikke gjennom.',
      next: 'Prøv igjen.',
    },
    broken: {
      title: 'Siden kunne ikke vises',
      explanation: 'Noe gikk galt i appen. Feilen ligger ikke hos deg.',
      next: 'Prøv igjen. Hjelper ikke det, kan du lukke fanen og åpne Drop på nytt.',
    },
    unreachable: {
      title: 'Vi får ikke kontakt med Drop',
      explanation: 'Enten mangler du nettforbindelse, eller så svarer ikke Drop.',
      next: 'Sjekk nettforbindelsen, og prøv igjen.',
    },
  },
  actions: {
    signIn: 'Logg inn på nytt',
    home: 'Til forsiden',
    reload: 'Prøv igjen',
    banks: 'Velg bank',
    verify: 'Bekreft identiteten',
    payments: 'Se betalinger',
  },
  /** For the codes about which there is more to say than their kind does; in the server's words. */
  messages: {
    invalid_request: 'Noe i forespørselen mangler eller er feil.',
    idempotency_key_reused:
      'Denne nøkkelen (Idempotency-Key) er brukt til noe annet. Det du ba om nå, er ikke sendt.',
    internal_error: 'Noe gikk galt hos oss. Prøv igjen om litt.',
    kyc_conflict: 'Identitetskontrollen kan ikke startes nå.',
    payment_not_cancellable: 'Drop kan ikke stoppe denne betalingen. Spør banken om den kan stoppes.',
    payment_not_dismissable: 'Betalingen venter ikke lenger på godkjenning, eller den kan avbrytes i stedet.',
    not_found: 'Vi finner ikke det du leter etter.',
    bank_unknown: 'Vi kjenner ikke den banken.',
    account_unknown: 'Vi finner ikke kontoen.',
    payment_document_missing:
      'Betalingen har ikke dette dokumentet. Kvittering finnes bare når banken har gjennomført betalingen.',
    payment_statement_too_long:
      'Det er for mange betalinger i perioden. Velg en kortere periode. En CSV-fil har plass til flere enn en PDF.',
    payment_unknown: 'Vi finner ikke betalingen.',
    payment_creditor_account_invalid:
      'Kontonummeret kan ikke brukes. Sjekk at det er riktig og ikke er kontoen du betaler fra.',
    payment_kid_invalid:
      'KID-nummeret kan ikke brukes. Sjekk at det er likt som på fakturaen, og skriv enten KID eller melding.',
    payment_amount_invalid: 'Beløpet må være mellom 0,01 og 1 000 000 kr.',
    payment_above_own_limit:
      'Beløpet er over grensen du selv har satt for én betaling, under Profil. Ingenting er sendt.',
    payment_above_day_limit:
      'Med dette beløpet kommer du over dagsgrensen du selv har satt, under Profil. Ingenting er sendt.',
    payment_insufficient_funds: 'Det er ikke nok penger på kontoen. Betalingen er ikke sendt.',
    payment_refused_by_bank: 'Betalingen ble avvist. Ingen penger er trukket fra kontoen din.',
    payment_repeated:
      'Du startet nettopp en lik betaling. Denne er ikke sendt. Bekreft hvis du vil betale én gang til.',
    payment_in_progress: 'Betalingen er på vei til banken. Vent litt, og se etter den under Betalinger.',
    email_address_invalid: 'E-postadressen kan ikke brukes. Sjekk at den er skrevet riktig.',
    email_link_unknown:
      'Lenken virker ikke. Den kan være erstattet av en nyere, eller høre til en annen bruker.',
    cards_off: 'Du har ikke tilgang til kort i Drop.',
    card_unknown: 'Vi finner ikke kortet.',
    card_canceled: 'Kortet er sperret for godt og kan ikke endres. Du kan bestille et nytt.',
    card_exists: 'Du har allerede et slikt kort. Erstatt eller sperr det først.',
    cards_too_many: 'Du har laget så mange testkort eller testkjøp som du kan.',
    creditor_unknown: 'Vi finner ikke mottakeren. Den kan være fjernet.',
    creditors_too_many: 'Du har lagret så mange mottakere som du kan. Fjern en av dem først.',
    email_link_used: 'Lenken er allerede brukt.',
    email_link_expired: 'Lenken er for gammel. Be om en ny under Profil.',
    account_has_open_payments:
      'Du har betalinger som ikke er ferdige. Du kan avslutte kundeforholdet når alle er gjennomført eller avbrutt.',
  },
  support: 'Trenger du hjelp, kan du oppgi dette til kundeservice:',
  help: 'Hjelp og vanlige spørsmål',
  code: 'Feilkode',
  requestId: 'Referanse',
  retryAfter: (seconds: number) =>
    seconds === 1
      ? 'Vent minst ett sekund.'
      : seconds <= 90
        ? `Vent minst ${seconds} sekunder.`
        : `Vent minst ${Math.ceil(seconds / 60)} minutter.`,
};
