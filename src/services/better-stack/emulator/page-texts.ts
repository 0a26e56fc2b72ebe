import type { Locale } from '#domain/locale.ts';
import type { Observation } from './incidents.ts';

interface PageTexts {
  states: Record<Observation['status'], string>;
  what: string;
  about: string;
  monitors: string;
  heartbeats: string;
  openIncidents: string;
  formerIncidents: string;
  empty: string;
  tryIt: string;
  cutOff: string;
  connect: string;
  cause: string;
  began: string;
  acknowledged: string;
  resolved: string;
  no: string;
  told: string;
  instructions: string;
  minute(minute: number): string;
  channels: Record<'slack' | 'email' | 'sms', string>;
  delivered: string;
  undelivered: string;
  act: string;
  acknowledge: string;
  passMinutes: string;
  checkNow: string;
  to: string;
  noSms: string;
  statusOf(company: string): string;
  isDown: string;
  isUp: string;
  statusNote(subdomain: string): string;
  statusPage: string;
}

/** The words of the emulator's pages. */
export const pageTexts: Record<Locale, PageTexts> = {
  nb: {
    states: { up: 'Oppe', down: 'Nede', pending: 'Venter', paused: 'På pause' },
    what: 'Lokal etterligning. Den sjekker Drop på denne maskinen og varsler i Slack, på e-post og SMS.',
    about: 'Om etterligningen',
    monitors: 'Monitorer',
    heartbeats: 'Livstegn',
    openIncidents: 'Pågående hendelser',
    formerIncidents: 'Tidligere hendelser',
    empty: 'Kontoen er tom. Lag monitorene slik:',
    tryIt: 'Prøv',
    cutOff: 'Koble Drop fra, som ved et utfall',
    connect: 'Koble Drop til igjen',
    cause: 'Årsak',
    began: 'Begynte',
    acknowledged: 'Kvittert',
    resolved: 'Løst',
    no: 'Nei',
    told: 'Varslet',
    instructions: 'Instruks',
    minute: (minute) => `Minutt ${minute}`,
    channels: { slack: 'Slack', email: 'E-post', sms: 'SMS' },
    delivered: 'Levert',
    undelivered: 'Ikke levert',
    act: 'Gjør',
    acknowledge: 'Kvitter: ingen flere varsler',
    passMinutes: 'La fem minutter gå',
    checkNow: 'Sjekk nå',
    to: 'Til',
    noSms: 'Ingen SMS-er ennå.',
    statusOf: (company) => `Status for ${company}`,
    isDown: 'Noe er nede',
    isUp: 'Alle tjenester virker',
    statusNote: (subdomain) => `Statussiden ${subdomain}.betteruptime.com, slik kundene ser den.`,
    statusPage: 'Statusside',
  },
  en: {
    states: { up: 'Up', down: 'Down', pending: 'Pending', paused: 'Paused' },
    what: 'A local emulator. It checks Drop on this machine and alerts in Slack, by email and text message.',
    about: 'About the emulator',
    monitors: 'Monitors',
    heartbeats: 'Heartbeats',
    openIncidents: 'Open incidents',
    formerIncidents: 'Earlier incidents',
    empty: 'The account is empty. Make the monitors like this:',
    tryIt: 'Try',
    cutOff: 'Cut Drop off, as in an outage',
    connect: 'Connect Drop again',
    cause: 'Cause',
    began: 'Began',
    acknowledged: 'Acknowledged',
    resolved: 'Resolved',
    no: 'No',
    told: 'Alerted',
    instructions: 'Instructions',
    minute: (minute) => `Minute ${minute}`,
    channels: { slack: 'Slack', email: 'Email', sms: 'Text message' },
    delivered: 'Delivered',
    undelivered: 'Not delivered',
    act: 'Do',
    acknowledge: 'Acknowledge: no more alerts',
    passMinutes: 'Let five minutes pass',
    checkNow: 'Check now',
    to: 'To',
    noSms: 'No text messages yet.',
    statusOf: (company) => `Status of ${company}`,
    isDown: 'Something is down',
    isUp: 'All services work',
    statusNote: (subdomain) => `The status page ${subdomain}.betteruptime.com, as customers see it.`,
    statusPage: 'Status page',
  },
};
