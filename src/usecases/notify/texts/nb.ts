import { formats } from '#domain/formats.ts';
import type { MailFrame, NoticeTexts } from './texts.ts';

const { money, date } = formats.nb;

const notices: NoticeTexts = {
  payment_settled: ({ amount, creditorName }) => ({
    title: `${money(amount)} er betalt til ${creditorName}`,
    body: 'Banken din melder at betalingen er gjennomført.',
  }),
  payment_rejected: ({ amount, creditorName, bankName }) => ({
    title: `Betalingen til ${creditorName} ble avvist`,
    body: `${bankName} avviste betalingen på ${money(amount)}. Ingen penger er trukket fra kontoen din.`,
  }),
  payment_cancelled: ({ amount, creditorName }) => ({
    title: `Betalingen til ${creditorName} er avbrutt`,
    body: `Betalingen på ${money(amount)} blir ikke gjennomført. Ingen penger er trukket fra kontoen din.`,
  }),
  payment_expired: ({ amount, creditorName }) => ({
    title: `Betalingen til ${creditorName} kan ikke lenger godkjennes`,
    body: `Betalingen på ${money(amount)} ble ikke godkjent i tide. Ingen penger er trukket fra kontoen din.`,
  }),
  payment_failed: ({ amount, creditorName }) => ({
    title: `Betalingen til ${creditorName} kom ikke fram til banken`,
    body:
      `Betalingen på ${money(amount)} er ikke sendt. Ingen penger er trukket fra kontoen din. ` +
      'Du kan prøve på nytt.',
  }),
  payment_due_tomorrow: ({ amount, creditorName, bankName }) => ({
    title: `${money(amount)} betales til ${creditorName} i morgen`,
    body: `Pass på at det er nok penger på kontoen i ${bankName}. Du trenger ikke gjøre noe annet.`,
  }),
  consent_expires_soon: ({ bankName, validUntil }) => ({
    title: `Samtykket hos ${bankName} går snart ut`,
    body:
      `${validUntil ? `Det gjelder til ${date(validUntil.toISOString())}. ` : ''}` +
      'Forny det i Drop hvis du fortsatt vil se saldoen og betale.',
  }),
  consent_expired: ({ bankName }) => ({
    title: `Samtykket hos ${bankName} har gått ut`,
    body:
      'Drop kan ikke lenger lese saldoen eller starte betalinger fra kontoene dine der. ' +
      'Koble til banken på nytt når du vil.',
  }),
  consent_withdrawn: ({ bankName }) => ({
    title: `Samtykket hos ${bankName} er trukket tilbake`,
    body:
      'Det ble trukket tilbake i banken. Drop kan ikke lenger lese saldoen eller starte betalinger fra kontoene ' +
      'dine der. Koble til banken på nytt når du vil.',
  }),
  verification_approved: () => ({
    title: 'Identiteten din er bekreftet',
    body: 'Nå kan du koble til banken din og betale med Drop.',
  }),
  verification_rejected: () => ({
    title: 'Identiteten din ble ikke bekreftet',
    body: 'Du kan derfor ikke betale med Drop. Åpne Drop for å se om det er noe du kan gjøre.',
  }),
  verification_retry: () => ({
    title: 'Vi fikk ikke bekreftet identiteten din ennå',
    body: 'Åpne Drop for å se hva som manglet, og prøv på nytt.',
  }),
  new_device: ({ program, system }) => ({
    title: 'Ny innlogging i Drop',
    body:
      `Du logget inn med BankID på en ny enhet${deviceWords(program, system)}. ` +
      'Var det ikke deg? Logg ut enheten under Enheter i Drop, og kontakt banken du har BankID fra.',
  }),
  sign_in_refused: () => ({
    title: 'En innlogging med BankID-en din ble avvist',
    body:
      'Opplysningene fra BankID stemte ikke med det Drop vet om deg. ' +
      'Var det ikke deg som prøvde? Kontakt banken du har BankID fra.',
  }),
  address_verification: () => ({
    title: 'Bekreft e-postadressen din',
    body:
      'Denne adressen er lagt inn i Drop. Bekreft den med lenken innen 24 timer, mens du er logget inn. ' +
      'Har du ikke lagt den inn selv, kan du se bort fra denne e-posten.',
  }),
  address_verified: () => ({
    title: 'E-postadressen din er bekreftet',
    body: 'Du får nå e-post når en betaling er gjennomført eller avvist, og når noe gjelder sikkerheten din.',
  }),
  address_replaced: () => ({
    title: 'E-postadressen din i Drop er endret',
    body:
      'Drop sender ikke lenger e-post til denne adressen. Var det ikke deg som endret den? ' +
      'Logg inn i Drop og se etter.',
  }),
  address_removed: () => ({
    title: 'E-postadressen din er fjernet fra Drop',
    body:
      'Drop sender ikke lenger e-post til denne adressen. Var det ikke deg som fjernet den? ' +
      'Logg inn i Drop og se etter.',
  }),
  account_closed: () => ({
    title: 'Kundeforholdet ditt i Drop er avsluttet',
    body:
      'Samtykkene dine hos bankene avsluttes, og opplysningene dine slettes. Det loven krever at vi oppbevarer, ' +
      'slettes når fristen er ute. Var det ikke deg som avsluttet det? Kontakt kundeservice.',
  }),
  data_copy_ready: () => ({
    title: 'Kopien av opplysningene dine er klar',
    body: 'Du kan laste den ned under Personvern i Drop. Den slettes sju dager etter at du ba om den.',
  }),
};

function deviceWords(program: string | null, system: string | null): string {
  const shown = program === 'app' ? 'Drop-appen' : program;
  const words = [shown, system].filter((word) => word !== null).join(' på ');
  return words === '' ? '' : ` (${words})`;
}

const mail: MailFrame = {
  open: 'Åpne i Drop',
  confirm: 'Bekreft adressen',
  labels: { amount: 'Beløp', creditor: 'Mottaker', bank: 'Bank', validUntil: 'Gjelder til', at: 'Tidspunkt' },
  footer: 'Du får denne e-posten fordi du bruker Drop. Den kan ikke besvares.',
  addressFooter: 'Du får denne e-posten fordi adressen ble lagt inn i Drop. Den kan ikke besvares.',
  warning: 'Drop spør aldri om passord, koder eller kontonummer på e-post.',
};

/** The texts in bokmål. */
export const nb = { notices, mail };
