function movedNb(now: string | null, before: string | null): string {
  const way = now === null ? 'direkte hos banken' : `gjennom ${now}`;
  return before === null ? `${way} i stedet for direkte hos banken` : `${way} i stedet for gjennom ${before}`;
}

/** The texts of linking a bank, and of the page of consents; in bokmål. */
export const nbConsents = {
  purposes: {
    show_balance: 'Vise deg saldoen',
    check_funds: 'Sjekke at det er nok penger på kontoen før du betaler',
  },
  reads: { account_name: 'Kontonavn', account_number: 'Kontonummer', balance: 'Saldo' },
  notRead: 'Drop leser transaksjonene dine bare når banken ikke har svart på en betaling.',
  banks: {
    title: 'Koble til bank',
    lead: 'Hvilken bank har du kontoen din i?',
    choose: 'Velg bank',
    renewTitle: 'Forny samtykket',
    empty: 'Ingen banker er tilgjengelige akkurat nå. Prøv igjen om litt.',
    absent: 'Finner du ikke banken din, kan du ikke koble den til Drop ennå.',
    cancelledTitle: 'Banken ble ikke koblet til',
    cancelledText: 'Du avbrøt, og ingen opplysninger ble delt. Du kan velge bank på nytt.',
    failedTitle: 'Samtykket ble ikke fullført',
    failedText: 'Banken ble ikke koblet til. Prøv igjen, eller velg en annen bank.',
    unavailableTitle: 'Banken svarer ikke',
    unavailableText: 'Feilen ligger ikke hos deg. Prøv igjen om litt.',
    rejectedText: 'Derfor kan du ikke koble til en bank nå.',
  },
  step: {
    connectTitle: (bank: string) => `Koble til ${bank}`,
    renewTitle: (bank: string) => `Forny samtykket hos ${bank}`,
    renewNote: 'Samtykket du har, gjelder til du har gitt det nye.',
    moved: (now: string | null, before: string | null) =>
      `Med det nye samtykket leser Drop kontoene dine ${movedNb(now, before)}. ` +
      'Det du har lagret, og betalinger som er underveis, blir som før.',
    sharedTitle: 'Dette deler banken med Drop',
    sharedOf: 'For kontoene du velger:',
    through: (company: string) => `Drop leser dette gjennom ${company}.`,
    purposeTitle: 'Dette bruker vi opplysningene til',
    purposeNote: 'Vi gir dem ikke videre til andre.',
    durationTitle: 'Så lenge gjelder samtykket',
    duration: (days: number) =>
      `${days < 1 ? 'Mindre enn ett døgn' : days === 1 ? 'Inntil én dag' : `Inntil ${days} dager`}. ` +
      'Du kan trekke det tilbake når som helst, i Drop under Samtykker eller i banken.',
    paymentsNote: 'Samtykket gir ikke Drop lov til å betale. Hver betaling må du godkjenne i banken.',
    consent: (bank: string) => `Jeg samtykker til at Drop henter disse opplysningene fra ${bank}.`,
    transfer: (bank: string) =>
      `Vi sender deg til ${bank}. Der logger du inn og gir samtykket. Etterpå kommer du tilbake hit.`,
    action: (bank: string) => `Fortsett til ${bank}`,
    otherBank: 'Velg en annen bank',
    back: 'Samtykkene dine',
  },
  outcome: {
    cancelledTitle: 'Du avbrøt hos banken',
    cancelledText: 'Samtykkene dine er som før.',
    failedTitle: 'Samtykket ble ikke fornyet',
    failedText: 'Nedenfor ser du hva som gjelder nå. Du kan prøve igjen.',
    renewed: (bank: string) => `Samtykket hos ${bank} er fornyet`,
    renewedText: 'Det nye samtykket har erstattet det gamle.',
  },
  page: {
    title: 'Samtykker',
    lead: 'Hva Drop har lov til å lese hos bankene dine, hvorfor og hvor lenge.',
    inForce: 'Gjelder nå',
    noneInForce: 'Ingen samtykker gjelder nå. Drop leser ingenting hos bankene dine.',
    ended: 'Gjelder ikke lenger',
    emptyTitle: 'Du har ikke gitt noen samtykker',
    emptyText: 'Når du kobler til en bank, ser du her hva Drop kan lese, og hvor lenge.',
    connect: 'Koble til bank',
    more: 'Vis flere',
    active: 'Gjelder',
    endsSoon: 'Går snart ut',
    reader: 'Leses av',
    drop: 'Drop',
    dropThrough: (company: string) => `Drop, gjennom ${company}`,
    purpose: 'Formål',
    scope: 'Opplysninger',
    accounts: 'Kontoer',
    unnamed: 'Konto',
    neverRead: 'Saldoen er ikke lest ennå',
    readAttended: (time: string) => `Sist lest ${time}, mens du brukte Drop`,
    readUnattended: (time: string) => `Sist lest ${time}, automatisk`,
    unattended: (count: number, max: number) =>
      `Lest automatisk siste 24 timer: ${count} av høyst ${max} ganger`,
    given: 'Gitt',
    validUntil: 'Gjelder til',
    openEnded: 'Du trekker det tilbake',
    renew: 'Forny samtykket',
    renewOf: (bank: string) => `Forny samtykket hos ${bank}`,
    relink: 'Koble til på nytt',
    relinkOf: (bank: string) => `Koble til på nytt: ${bank}`,
    end: {
      expired: (date: string) => `Gikk ut ${date}`,
      withdrawn_in_drop: (date: string) => `Du trakk det tilbake i Drop ${date}`,
      withdrawn_at_bank: (date: string) => `Trukket tilbake i banken. Drop oppdaget det ${date}`,
      replaced: (date: string) => `Erstattet av et nyere samtykke ${date}`,
      revoked: (date: string) => `Trukket tilbake ${date}`,
      failed: (date: string) => `Ble ikke fullført ${date}`,
    },
    endingAtBank: 'Drop leser ikke lenger med dette samtykket. Banken får beskjed så snart vi når den.',
    aboutTitle: 'Godt å vite',
    about: (max: number) => [
      'Et samtykke slutter å gjelde på datoen, når du fornyer det, eller når du trekker det tilbake her eller i banken.',
      'Drop spør banken én gang i døgnet om samtykket fortsatt gjelder.',
      `Når du ikke bruker Drop, leser vi saldoen bare etter en betaling, og høyst ${max} ganger i døgnet for hver konto.`,
      'Samtykkene gir ikke Drop lov til å betale. Hver betaling godkjenner du i banken, og den står ikke her.',
    ],
  },
};

export type ConsentTexts = typeof nbConsents;
