import type { Locale } from '#domain/locale.ts';

interface RootTexts {
  heading(title: string): string;
  what: string;
  toApp: string;
  holds: string;
  holdsNothing: string;
  faults: string;
  how: string;
  noFault: string;
  setNow: string;
  operations: string;
  effects: string;
  codes: string;
  actions: string;
}

/** The words of the page about an emulator. */
export const rootTexts: Record<Locale, RootTexts> = {
  nb: {
    heading: (title) => `${title} i sandkassen`,
    what: 'Her svarer en etterligning av tjenesten. Drop kaller den som den ekte. Ingenting her er ekte.',
    toApp: 'Til Drop',
    holds: 'Innhold nå',
    holdsNothing: 'Etterligningen husker ingenting mellom kallene.',
    faults: 'Feil som kan settes inn',
    how: 'Åpne «Styr sandkassen» øverst i Drop, eller bruk kontrollplanet (docs/sandbox.md).',
    noFault: 'Ingen feil er satt inn nå.',
    setNow: 'Satt inn nå:',
    operations: 'Operasjoner',
    effects: 'Virkninger',
    codes: 'Tjenestens egne feilkoder',
    actions: 'Annet som kan styres',
  },
  en: {
    heading: (title) => `${title} in the sandbox`,
    what: 'An emulator of the service answers here. Drop calls it like the real one. Nothing here is real.',
    toApp: 'To Drop',
    holds: 'What it holds now',
    holdsNothing: 'The emulator remembers nothing between calls.',
    faults: 'Faults that can be set',
    how: 'Open “Control the sandbox” at the top of Drop, or use the control plane (docs/sandbox.md).',
    noFault: 'No fault is set now.',
    setNow: 'Set now:',
    operations: 'Operations',
    effects: 'Effects',
    codes: 'The service’s own error codes',
    actions: 'What else can be controlled',
  },
};

/** What emulators say that they hold, by the name in their state. */
export const holdingWords: Record<string, Record<Locale, string>> = {
  accounts: { nb: 'Kontoer', en: 'Accounts' },
  applicants: { nb: 'Identitetskontroller', en: 'Identity checks' },
  clients: { nb: 'Registrerte klienter', en: 'Registered clients' },
  consents: { nb: 'Samtykker', en: 'Consents' },
  heartbeats: { nb: 'Livstegn', en: 'Heartbeats' },
  incidents: { nb: 'Hendelser', en: 'Incidents' },
  mails: { nb: 'E-poster', en: 'Emails' },
  messages: { nb: 'Meldinger', en: 'Messages' },
  monitors: { nb: 'Monitorer', en: 'Monitors' },
  objects: { nb: 'Filer', en: 'Files' },
  payments: { nb: 'Betalinger', en: 'Payments' },
  people: { nb: 'Personer å logge inn som', en: 'People to sign in as' },
  secrets: { nb: 'Hemmeligheter', en: 'Secrets' },
  sms: { nb: 'SMS-er', en: 'Text messages' },
  webhooks: { nb: 'Sendte webhooks', en: 'Webhooks sent' },
};
