import type { ConsentTexts } from './nb-consents.ts';

function movedEn(now: string | null, before: string | null): string {
  const way = now === null ? 'directly at the bank' : `through ${now}`;
  return before === null ? `${way} instead of directly at the bank` : `${way} instead of through ${before}`;
}

/** The texts of linking a bank, and of the page of consents; in English. */
export const enConsents: ConsentTexts = {
  purposes: {
    show_balance: 'To show you your balance',
    check_funds: 'To check that there is enough money in the account before you pay',
  },
  reads: { account_name: 'Account name', account_number: 'Account number', balance: 'Balance' },
  notRead: 'Drop reads your transactions only when your bank has not answered about a payment.',
  banks: {
    title: 'Link a bank',
    lead: 'Which bank is your account with?',
    choose: 'Choose your bank',
    renewTitle: 'Renew your consent',
    empty: 'No banks are available right now. Try again later.',
    absent: 'If your bank is not here, you cannot link it to Drop yet.',
    cancelledTitle: 'The bank was not linked',
    cancelledText: 'You cancelled, and nothing was shared. You can choose a bank again.',
    failedTitle: 'Your consent was not completed',
    failedText: 'The bank was not linked. Try again, or choose another bank.',
    unavailableTitle: 'The bank is not responding',
    unavailableText: 'This is not your fault. Try again later.',
    rejectedText: 'This means you cannot link a bank now.',
  },
  step: {
    connectTitle: (bank) => `Link ${bank}`,
    renewTitle: (bank) => `Renew your consent for ${bank}`,
    renewNote: 'Your current consent applies until you have given the new one.',
    moved: (now, before) =>
      `With the new consent, Drop reads your accounts ${movedEn(now, before)}. ` +
      'What you have saved and payments in progress stay as they are.',
    sharedTitle: 'What your bank shares with Drop',
    sharedOf: 'For the accounts you choose:',
    through: (company) => `Drop reads this through ${company}.`,
    purposeTitle: 'What we use it for',
    purposeNote: 'We do not pass it on to anyone else.',
    durationTitle: 'How long your consent lasts',
    duration: (days) =>
      `${days < 1 ? 'Less than one day' : days === 1 ? 'Up to one day' : `Up to ${days} days`}. ` +
      'You can withdraw it at any time, in Drop under Consents or in your bank.',
    paymentsNote: 'This consent does not let Drop make payments. You approve each payment in your bank.',
    consent: (bank) => `I consent to Drop getting this information from ${bank}.`,
    transfer: (bank) =>
      `We will take you to ${bank} to sign in and give your consent. You will then come back here.`,
    action: (bank) => `Continue to ${bank}`,
    otherBank: 'Choose another bank',
    back: 'Your consents',
  },
  outcome: {
    cancelledTitle: 'You cancelled at the bank',
    cancelledText: 'Your consents have not changed.',
    failedTitle: 'Your consent was not renewed',
    failedText: 'Below you can see what applies now. You can try again.',
    renewed: (bank) => `Your consent for ${bank} has been renewed`,
    renewedText: 'The new consent has replaced the old one.',
  },
  page: {
    title: 'Consents',
    lead: 'What Drop may read at your banks, why and for how long.',
    inForce: 'Active',
    noneInForce: 'You have no active consents. Drop is not reading anything at your banks.',
    ended: 'No longer active',
    emptyTitle: 'You have not given any consents',
    emptyText: 'When you link a bank, you can see here what Drop can read and for how long.',
    connect: 'Link a bank',
    more: 'Show more',
    active: 'Active',
    endsSoon: 'Expires soon',
    reader: 'Read by',
    drop: 'Drop',
    dropThrough: (company) => `Drop, through ${company}`,
    purpose: 'Purpose',
    scope: 'Information',
    accounts: 'Accounts',
    unnamed: 'Account',
    neverRead: 'The balance has not been read yet',
    readAttended: (time) => `Last read ${time}, while you were using Drop`,
    readUnattended: (time) => `Last read ${time}, automatically`,
    unattended: (count, max) => `Read automatically in the last 24 hours: ${count} of at most ${max} times`,
    given: 'Given on',
    validUntil: 'Valid until',
    openEnded: 'You withdraw it',
    renew: 'Renew consent',
    renewOf: (bank) => `Renew consent for ${bank}`,
    relink: 'Link again',
    relinkOf: (bank) => `Link again: ${bank}`,
    end: {
      expired: (date) => `Expired on ${date}`,
      withdrawn_in_drop: (date) => `You withdrew it in Drop on ${date}`,
      withdrawn_at_bank: (date) => `Withdrawn at the bank. Drop noticed on ${date}`,
      replaced: (date) => `Replaced by a newer consent on ${date}`,
      revoked: (date) => `Withdrawn on ${date}`,
      failed: (date) => `Not completed on ${date}`,
    },
    endingAtBank: 'Drop no longer reads with this consent. We will tell the bank as soon as we can reach it.',
    aboutTitle: 'Good to know',
    about: (max) => [
      'A consent ends on its date, when you renew it, or when you withdraw it here or in your bank.',
      'Drop asks the bank once a day whether the consent still applies.',
      `While you are not using Drop, we read a balance only after a payment, at most ${max} times a day per account.`,
      'These consents do not let Drop make payments. You approve each payment in your bank; it is not listed here.',
    ],
  },
};
