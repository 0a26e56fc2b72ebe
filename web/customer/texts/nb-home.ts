import type { BalanceKind } from '#domain/banking/balance.ts';

/** The texts of a customer's overview that the front page does without, in bokmål. */
export const nbHome = {
  waiting: {
    title: 'Venter på deg',
    consentExpired: (bank: string) => `Samtykket hos ${bank} er utløpt`,
    consentExpiredText: 'Forny det for å se saldoen og betale.',
    consentEnds: (bank: string, day: string) => `Samtykket hos ${bank} går ut ${day}`,
    consentEndsText: 'Forny det nå, så kan du fortsette å se saldoen og betale.',
    approve: (amount: string, name: string) => `Godkjenn ${amount} til ${name}`,
    approveText: (bank: string) => `${bank} venter på godkjenningen din.`,
    draft: 'Du har begynt på en betaling',
    draftText: 'Den er ikke sendt. Fortsett der du slapp.',
    draftTo: (name: string) => `Den er til ${name} og er ikke sendt. Fortsett der du slapp.`,
  },
  first: {
    title: 'Kom i gang',
    done: (count: number) => `${count} av 3 steg er gjort.`,
    isDone: 'Gjort:',
    titles: { verify: 'Bekreft hvem du er', bank: 'Koble til banken din', pay: 'Send den første betalingen' },
    payText: 'Du fyller ut og kontrollerer betalingen her, og godkjenner den i banken.',
  },
  balances: {
    total: {
      available: 'Disponibelt i alt',
      booked: 'Bokført saldo i alt',
      other: 'Saldo i alt',
    } satisfies Record<BalanceKind, string>,
    bankTotal: 'I alt',
    refresh: 'Oppdater saldoene',
    refreshed: 'Saldoene er oppdatert',
    failed: (accounts: string) => `Dette er ikke oppdatert: ${accounts}.`,
  },
  month: {
    title: (month: string) => `Betalt i ${month}`,
    count: (count: number) => (count === 1 ? '1 betaling' : `${count} betalinger`),
    none: (month: string) => `Du har ikke betalt noe i ${month} ennå.`,
    transfers: 'Overføringer til egne kontoer er ikke med.',
    show: 'Vis dag for dag',
    day: 'Dag',
    paid: 'Betalt',
    payments: 'Antall',
  },
};

export type HomeTexts = typeof nbHome;
