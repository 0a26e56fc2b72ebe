import type { PrivacyTexts } from './nb-privacy.ts';

/** The texts of the page about privacy, and of the page after an account is closed; in English. */
export const enPrivacy: PrivacyTexts = {
  title: 'Privacy',
  lead: 'You can get a copy of the data that we hold about you, and close your Drop account.',
  copy: {
    title: 'A copy of your data',
    text:
      'You get one file with everything we can give you: payments, accounts, consents, messages and sign-ins. ' +
      'It can be read in a browser, and by other programs.',
    ask: 'Ask for a copy',
    again: 'Ask for a new copy',
    makingTitle: 'We are making the copy',
    making:
      'It usually takes less than a minute. You can leave this page. We will tell you when it is ready.',
    readyTitle: 'The copy is ready',
    ready: (askedAt, expiresAt) =>
      `You asked for it on ${askedAt}. It will be deleted on ${expiresAt}. Anyone who has the file can read it.`,
    size: (size) => `ZIP file, ${size}`,
    download: 'Download',
    failedTitle: 'We could not make the copy',
    failed: 'Something went wrong on our side. Ask for a new copy.',
    expired: (askedAt) => `The copy that you asked for on ${askedAt} has been deleted.`,
    often: 'You can ask for three copies in 24 hours.',
  },
  close: {
    title: 'Close your Drop account',
    text: 'This cannot be undone. When you close it:',
    points: [
      'you are signed out everywhere, and your consents at your banks are ended',
      'saved recipients, messages, your e-mail address and copies of your data are deleted',
      'we keep your payments and identity check for as long as the law requires, at least five years, and then delete them',
    ],
    keep: 'Download receipts and a copy of your data first if you need them.',
    later: 'If you sign in again later, you will be a new customer.',
    openTitle: 'You cannot close it yet',
    open: (count) =>
      count === 1
        ? 'You have one payment that is not finished.'
        : `You have ${count} payments that are not finished.`,
    openAdvice: (count) =>
      (count === 1
        ? 'Wait until it is completed, or cancel it if it is waiting for approval. '
        : 'Wait until they are completed, or cancel those waiting for approval. ') +
      'Payments with a later date can be stopped at your bank.',
    toPayments: 'See your payments',
    word: 'CLOSE',
    label: 'Type CLOSE to confirm',
    wrong: 'Type the word CLOSE.',
    action: 'Close for good',
  },
  closed: {
    title: 'Your Drop account is closed',
    text: 'You are signed out. Your consents at your banks will be ended within a few minutes.',
    kept: 'We will delete what the law requires us to keep as soon as we no longer have to keep it.',
    home: 'Go to the home page',
  },
};
