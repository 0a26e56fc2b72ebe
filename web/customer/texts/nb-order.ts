/** The texts of when and to whom a customer pays, in bokmål. They come with the screens, after the first one. */
export const nbOrder = {
  when: 'Når skal det betales?',
  now: 'Så snart som mulig',
  onDay: 'På en dato',
  date: 'Betalingsdato',
  reminder: 'Vi minner deg på betalingen dagen før.',
  dateHint: (last: string) => `Senest ${last}`,
  instant: 'Straksbetaling',
  instantHint: (maximum: string) =>
    `Normalt framme i løpet av sekunder, hele døgnet. Høyst ${maximum}, og kan ikke stoppes etterpå.`,
  instantNotWithKid: 'En betaling med KID kan ikke være en straksbetaling.',
  arrival: {
    open: (time: string) => `Godkjenner du før kl. ${time}, er pengene normalt framme i dag.`,
    over: (day: string) =>
      `Det er for sent for dagens siste oppgjør mellom bankene. Pengene er normalt framme ${day}.`,
    short_day: (day: string) => `Bankene stenger tidlig i dag. Pengene er normalt framme ${day}.`,
    no_bank_day: (day: string) => `Bankene har stengt i dag. Pengene er normalt framme ${day}.`,
    instant: 'Pengene er normalt framme i løpet av sekunder.',
    on: (day: string) => `Pengene er normalt framme ${day}.`,
    closed: (chosen: string, day: string) =>
      `Bankene har stengt ${chosen}. Pengene er normalt framme ${day}.`,
  },
  aboveBalance: (balance: string) =>
    `Beløpet er høyere enn saldoen sist vi hentet den, ${balance}. Pass på at det er nok penger på kontoen på betalingsdatoen.`,
  review: {
    instant: 'I løpet av sekunder etter at du har godkjent',
    closed: 'Bankene har stengt den dagen',
    consent: (bank: string, day: string) =>
      `Jeg ber Drop legge inn denne betalingen fra kontoen min i ${bank}, med betalingsdato ${day}.`,
    transfer: (bank: string, day: string) =>
      `Vi sender deg til ${bank} for å godkjenne. Når du har godkjent, trekkes pengene tidligst ${day}.`,
    instantTransfer: (bank: string) =>
      `Vi sender deg til ${bank} for å godkjenne. Når du har godkjent, trekkes pengene med en gang, og betalingen kan ikke stoppes.`,
  },
  creditors: {
    choose: 'Velg mottaker',
    fresh: 'Ny mottaker',
    saved: 'Lagrede mottakere',
    own: 'Egne kontoer',
    recent: 'Nylige mottakere',
    manage: 'Lagre eller endre mottakere',
  },
  own: {
    payee: 'Du overfører til din egen konto',
    account: (name: string, bank: string) => `${name}, ${bank}`,
    linked: (bank: string) => `Kontonummeret har vi fått fra ${bank}, der du har koblet til kontoen.`,
  },
  recipients: {
    title: 'Mottakere',
    lead: 'Lagre dem du betaler ofte, så kan du velge dem når du betaler. Bare du ser navnet du gir dem.',
    saved: 'Lagrede mottakere',
    noneSaved: 'Du har ikke lagret noen mottakere.',
    recent: 'Nylige mottakere',
    noneRecent: 'Når du har betalt, kan du lagre mottakeren her.',
    label: 'Navnet du vil bruke',
    labelHint: 'For eksempel Mamma eller Husleie. Mottakeren og banken ser det ikke.',
    labelMissing: 'Skriv et navn',
    labelLong: (maximum: number) => `Navnet kan ha høyst ${maximum} tegn`,
    keep: 'Lagre navnet',
    kept: (label: string) => `${label} er lagret`,
    save: 'Lagre',
    saveOf: (name: string) => `Lagre ${name}`,
    rename: 'Endre navn',
    renameOf: (label: string) => `Endre navn på ${label}`,
    remove: 'Fjern',
    removeOf: (label: string) => `Fjern ${label}`,
    removeTitle: (label: string) => `Fjerne ${label}?`,
    removeText: 'Betalingene du har gjort, blir stående. Du kan lagre mottakeren igjen senere.',
    removeConfirm: 'Ja, fjern',
    removed: (label: string) => `${label} er fjernet`,
  },
  errors: {
    dateMissing: 'Velg betalingsdatoen',
    dateNotFuture: 'Velg en betalingsdato etter i dag, eller velg Så snart som mulig',
    dateTooFar: (last: string) => `Banken tar imot betalinger til og med ${last}. Velg en tidligere dato`,
    dateNotTaken: (bank = 'Banken') =>
      `${bank} tar ikke imot betalinger med dato fra Drop. Velg Så snart som mulig, eller en konto i en annen bank`,
    instantTooLarge: (maximum: string) =>
      `En straksbetaling kan være på høyst ${maximum}. Skriv et lavere beløp, eller velg bort straksbetaling`,
  },
};

export type OrderTexts = typeof nbOrder;
