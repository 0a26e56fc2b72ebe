/** What the screen says when something went wrong, by the kind of problem; in bokmål. */
export const nbProblems = {
  kinds: {
    signInInterrupted: {
      title: 'Innloggingen ble brutt',
      explanation: 'Den startet kanskje i en annen fane, eller det gikk for lang tid. Derfor avviste vi den.',
      next: 'Logg inn på nytt, og fullfør i samme nettleser.',
    },
    signInCancelled: {
      title: 'Du avbrøt innloggingen',
      explanation: 'Ingenting er lagret.',
      next: 'Logg inn når du vil.',
    },
    signInFailed: {
      title: 'Vi fikk ikke logget deg inn',
      explanation: 'BankID svarte ikke slik det skal. Feilen ligger ikke hos deg.',
      next: 'Prøv å logge inn på nytt. Skjer det igjen, kontakt oss med feilkoden under.',
    },
    underAge: {
      title: 'Du må ha fylt 18 år',
      explanation:
        'Drop er bare for deg som har fylt 18. BankID viser at du er yngre. Vi har ikke opprettet noen bruker.',
      next: 'Velkommen tilbake når du har fylt 18.',
    },
    signInConflict: {
      title: 'Vi kan ikke logge deg inn',
      explanation:
        'BankID-opplysningene passer ikke med det Drop vet om deg fra før. For å være på den sikre siden slipper vi ingen inn. Pengene dine er urørt.',
      next: 'Kundeservice har fått beskjed. Oppgi referansen under når du tar kontakt.',
    },
    tooMany: {
      title: 'For mange forsøk',
      explanation: 'Det kom for mange forsøk herfra på kort tid.',
      next: 'Vent litt, og prøv igjen.',
    },
    signInUnavailable: {
      title: 'BankID er utilgjengelig akkurat nå',
      explanation: 'Vi får ikke kontakt med BankID. Feilen ligger ikke hos deg.',
      next: 'Vent litt, og prøv igjen.',
    },
    signedOut: {
      title: 'Du er logget ut',
      explanation: 'Av sikkerhetsgrunner logger vi deg ut etter en stund.',
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
      explanation: 'Vi må vite hvem du er før du kan gjøre dette.',
      next: 'Det tar noen minutter.',
    },
    kycRejected: {
      title: 'Vi kunne ikke bekrefte identiteten din',
      explanation: 'Derfor kan du ikke gjøre dette.',
      next: 'Se hva du kan gjøre under Bekreft identiteten.',
    },
    kycUnavailable: {
      title: 'Identitetskontrollen er utilgjengelig akkurat nå',
      explanation: 'Feilen ligger ikke hos deg, og du mister ikke noe du har sendt.',
      next: 'Prøv igjen om litt.',
    },
    bankUnavailable: {
      title: 'Banken svarer ikke akkurat nå',
      explanation: 'Feilen ligger ikke hos deg. Ingenting er endret.',
      next: 'Prøv igjen om litt.',
    },
    consentCancelled: {
      title: 'Du avbrøt hos banken',
      explanation: 'Ingen bank er koblet til, og ingenting er delt.',
      next: 'Du kan velge bank på nytt.',
    },
    consentFailed: {
      title: 'Banken fullførte ikke samtykket',
      explanation: 'Ingenting er delt.',
      next: 'Prøv igjen, eller velg en annen bank.',
    },
    consentEnded: {
      title: 'Samtykket gjelder ikke lenger',
      explanation: 'Banken gir oss ikke saldoen, og du kan ikke betale, før du har gitt nytt samtykke.',
      next: 'Koble til banken på nytt. Det endrer ingenting annet.',
    },
    notFound: {
      title: 'Vi finner det ikke',
      explanation: 'Det finnes ikke, eller det er ikke ditt.',
      next: 'Gå til forsiden og finn fram derfra.',
    },
    paymentRefused: {
      title: 'Betalingen ble ikke godtatt',
      explanation: 'Ingen penger har gått fra kontoen din.',
      next: 'Kontroller opplysningene, og prøv igjen.',
    },
    paymentOutcomeUnknown: {
      title: 'Vi vet ikke ennå om betalingen kom fram',
      explanation: 'Banken svarte ikke i tide. Vi spør den og viser svaret under Betalinger.',
      next: 'Ikke betal på nytt.',
    },
    unavailable: {
      title: 'Drop er utilgjengelig akkurat nå',
      explanation: 'Feilen ligger hos oss.',
      next: 'Prøv igjen om litt.',
    },
    failed: {
      title: 'Noe gikk galt hos oss',
      explanation: 'Feilen ligger ikke hos deg.',
      next: 'Prøv igjen. Skjer det på nytt, kontakt oss med feilkoden under.',
    },
    unreachable: {
      title: 'Vi får ikke kontakt med Drop',
      explanation: 'Enten er du uten nett, eller så svarer vi ikke.',
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
  supportTitle: 'Trenger du hjelp? Oppgi dette til kundeservice:',
  code: 'Feilkode',
  requestId: 'Saksnummer',
  retryAfter: (seconds: number) => `Prøv igjen om ${seconds} sekunder.`,
};
