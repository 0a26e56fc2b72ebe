/** The texts of the page about privacy, and of the page after an account is closed; in bokmål. */
export const nbPrivacy = {
  title: 'Personvern',
  lead: 'Du kan få en kopi av opplysningene vi har om deg, og avslutte kundeforholdet.',
  copy: {
    title: 'Kopi av opplysningene dine',
    text:
      'Du får én fil med alt vi kan gi ut om deg: betalinger, kontoer, samtykker, meldinger og innlogginger. ' +
      'Den kan leses i en nettleser, og av andre programmer.',
    ask: 'Be om en kopi',
    again: 'Be om en ny kopi',
    makingTitle: 'Vi lager kopien',
    making: 'Det tar som regel under et minutt. Du kan gå fra siden. Vi sier fra når kopien er klar.',
    readyTitle: 'Kopien er klar',
    ready: (askedAt: string, expiresAt: string) =>
      `Du ba om den ${askedAt}. Den slettes ${expiresAt}. Alle som har filen, kan lese den.`,
    size: (size: string) => `ZIP-fil, ${size}`,
    download: 'Last ned',
    failedTitle: 'Kopien ble ikke laget',
    failed: 'Noe gikk galt hos oss. Be om en ny kopi.',
    expired: (askedAt: string) => `Kopien du ba om ${askedAt}, er slettet.`,
    often: 'Du kan be om tre kopier i døgnet.',
  },
  close: {
    title: 'Avslutt kundeforholdet',
    text: 'Dette kan ikke angres. Når du avslutter kundeforholdet:',
    points: [
      'logges du ut overalt, og samtykkene dine hos bankene avsluttes',
      'slettes lagrede mottakere, meldinger, e-postadressen din og kopier av opplysningene dine',
      'beholder vi betalingene og identitetskontrollen så lenge loven krever, minst fem år, og sletter dem deretter',
    ],
    keep: 'Last ned kvitteringer og en kopi av opplysningene først hvis du trenger dem.',
    later: 'Logger du inn igjen senere, blir du en ny kunde.',
    openTitle: 'Du kan ikke avslutte ennå',
    open: (count: number) =>
      count === 1
        ? 'Du har en betaling som ikke er ferdig.'
        : `Du har ${count} betalinger som ikke er ferdige.`,
    openAdvice: (count: number) =>
      (count === 1
        ? 'Vent til den er gjennomført, eller avbryt den hvis den venter på godkjenning. '
        : 'Vent til de er gjennomført, eller avbryt dem som venter på godkjenning. ') +
      'Betalinger med dato fram i tid kan du stoppe i banken din.',
    toPayments: 'Se betalingene',
    word: 'AVSLUTT',
    label: 'Skriv AVSLUTT for å bekrefte',
    wrong: 'Skriv ordet AVSLUTT.',
    action: 'Avslutt for godt',
  },
  closed: {
    title: 'Kundeforholdet er avsluttet',
    text: 'Du er logget ut. Samtykkene dine hos bankene avsluttes i løpet av noen minutter.',
    kept: 'Det loven krever at vi oppbevarer, slettes når fristen er ute.',
    home: 'Til forsiden',
  },
};

export type PrivacyTexts = typeof nbPrivacy;
