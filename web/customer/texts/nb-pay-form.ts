/** The texts of the recipients, the pasted invoice and the days in the payment form, in bokmål. */
export const nbPayForm = {
  choose: 'Hvem skal du betale til?',
  fresh: 'Ny',
  freshName: 'Ny mottaker',
  to: 'Til',
  edit: 'Endre mottaker',
  kinds: { saved: 'lagret', recent: 'nylig', own: 'egen konto' },
  payee: {
    possible: 'Banken går etter kontonummeret, ikke navnet.',
    not_possible: 'Drop kan ikke sjekke hvem kontonummeret tilhører.',
  },
  balanceAfter: (balance: string) => `${balance} igjen etter betalingen`,
  balanceAfterHint: 'Regnet ut fra saldoen sist vi hentet den.',
  paste: {
    open: 'Lim inn fra en faktura',
    label: 'Teksten i fakturaen',
    hint: 'Vi leter etter kontonummer, KID, beløp og forfall. Teksten blir ikke lagret eller sendt.',
    found: (fields: string) => `Hentet fra fakturaen: ${fields}. Sjekk at alt stemmer.`,
    none: 'Vi fant ikke kontonummer, KID, beløp eller forfall i teksten.',
    late: (day: string) => `Forfall er ${day}. Betalingen er satt til så snart som mulig.`,
    far: (day: string) =>
      `Forfall er ${day}. Banken tar ikke imot den datoen fra Drop, så betalingen er satt til så snart som mulig.`,
    fields: { accountNumber: 'kontonummer', kid: 'KID', amount: 'beløp', date: 'forfall' },
  },
  recognised: 'Hentet fra fakturaen. Sjekk at det stemmer.',
  days: {
    label: 'Velg en dag',
    next: (day: string) => `Neste bankdag, ${day}`,
    due: (day: string) => `Forfall, ${day}`,
  },
  save: {
    title: 'Lagre mottakeren',
    text: (name: string) => `Da kan du velge ${name} neste gang du betaler.`,
    action: 'Lagre mottaker',
  },
};

export type PayFormTexts = typeof nbPayForm;
