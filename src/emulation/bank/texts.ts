import type { Locale } from '#domain/locale.ts';

export interface Texts {
  whoAreYou: string;
  whoNote: string;
  chooseAccounts: string;
  consentNote(until: string, readsTransactions: boolean): string;
  accountsLegend: string;
  approveConsent: string;
  cancel: string;
  noAccountChosen: string;
  approvePayment: string;
  cancelPayment: string;
  approve: string;
  onlyHere: string;
  bankRejects: string;
  to: string;
  account: string;
  onDay: string;
  kid: string;
  text: string;
  from: string;
  unknownDebtor: string;
  chooseDebtor: string;
  inApp: string;
  over: string;
  overNote: string;
}

/** The words of the banks' pages. */
export const texts: Record<Locale, Texts> = {
  nb: {
    whoAreYou: 'Hvem er du?',
    whoNote: 'I en ekte bank ville du logget inn med BankID her.',
    chooseAccounts: 'Hvilke kontoer vil du dele?',
    consentNote: (until, readsTransactions) => {
      const what = readsTransactions ? 'saldoen og transaksjonene' : 'saldoen';
      return `Drop får lese ${what} på kontoene du velger, til og med ${until}.`;
    },
    accountsLegend: 'Kontoer',
    approveConsent: 'Godkjenn',
    cancel: 'Avbryt',
    noAccountChosen: 'Velg minst én konto, eller avbryt.',
    approvePayment: 'Godkjenn betaling',
    cancelPayment: 'Kall tilbake betaling',
    approve: 'Godkjenn',
    onlyHere: 'Finnes bare i sandkassen:',
    bankRejects: 'Banken avviser',
    to: 'Til',
    account: 'Til konto',
    onDay: 'Betales',
    kid: 'KID',
    text: 'Melding',
    from: 'Fra konto',
    unknownDebtor: 'ukjent i denne banken',
    chooseDebtor: 'Velg konto å betale fra',
    inApp: 'Denne siden står for bankens app, der du ville godkjent i virkeligheten.',
    over: 'Denne siden er ikke lenger i bruk',
    overNote: 'Forespørselen er besvart, utløpt eller finnes ikke. Gå tilbake til Drop og prøv på nytt.',
  },
  en: {
    whoAreYou: 'Who are you?',
    whoNote: 'In a real bank you would sign in with BankID here.',
    chooseAccounts: 'Which accounts do you want to share?',
    consentNote: (until, readsTransactions) => {
      const what = readsTransactions ? 'the balance and the transactions' : 'the balance';
      return `Drop may read ${what} of the accounts you choose, through ${until}.`;
    },
    accountsLegend: 'Accounts',
    approveConsent: 'Approve',
    cancel: 'Cancel',
    noAccountChosen: 'Choose at least one account, or cancel.',
    approvePayment: 'Approve payment',
    cancelPayment: 'Call the payment back',
    approve: 'Approve',
    onlyHere: 'Only in the sandbox:',
    bankRejects: 'The bank rejects',
    to: 'To',
    account: 'To account',
    onDay: 'To be paid',
    kid: 'KID',
    text: 'Message',
    from: 'From account',
    unknownDebtor: 'unknown at this bank',
    chooseDebtor: 'Choose the account to pay from',
    inApp: 'This page stands for the app of the bank, where you would approve in real life.',
    over: 'This page is no longer in use',
    overNote: 'The request was answered, has expired or does not exist. Go back to Drop and try again.',
  },
};

/** `123450` → `1 234,50 kr` or `NOK 1,234.50`, with spaces that do not break. */
export function kroner(oere: number, locale: Locale): string {
  const format = new Intl.NumberFormat(locale === 'nb' ? 'nb-NO' : 'en-GB', { minimumFractionDigits: 2 });
  const amount = format.format(oere / 100);
  return locale === 'nb' ? `${amount}\u00A0kr` : `NOK\u00A0${amount}`;
}

export function day(date: Date, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === 'nb' ? 'nb-NO' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Oslo',
  });
  return format.format(date);
}
