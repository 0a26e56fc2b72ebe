import type { nbProblems } from './nb-problems.ts';

/** What the screen says when something went wrong, by the kind of problem; in English. */
export const enProblems: typeof nbProblems = {
  kinds: {
    signInInterrupted: {
      title: 'The sign-in was interrupted',
      explanation: 'It may have started in another tab, or taken too long. That is why we turned it down.',
      next: 'Sign in again, and finish in the same browser.',
    },
    signInCancelled: {
      title: 'You cancelled the sign-in',
      explanation: 'Nothing was saved.',
      next: 'Sign in whenever you like.',
    },
    signInFailed: {
      title: 'We could not sign you in',
      explanation: 'BankID did not answer as it should. It is not your fault.',
      next: 'Try to sign in again. If it keeps happening, contact us with the error code below.',
    },
    underAge: {
      title: 'You must be 18 or over',
      explanation:
        'Drop is only for people who are 18 or over. BankID shows that you are younger. We have not created a user.',
      next: 'Welcome back when you have turned 18.',
    },
    signInConflict: {
      title: 'We cannot sign you in',
      explanation:
        'What BankID says does not agree with what Drop knows of you. To be on the safe side we let nobody in. Your money is untouched.',
      next: 'Customer service has been told. Give them the reference below when you get in touch.',
    },
    tooMany: {
      title: 'Too many attempts',
      explanation: 'Too many attempts came from here in a short time.',
      next: 'Wait a while and try again.',
    },
    signInUnavailable: {
      title: 'BankID is unavailable right now',
      explanation: 'We cannot reach BankID. It is not your fault.',
      next: 'Wait a little, and try again.',
    },
    signedOut: {
      title: 'You are signed out',
      explanation: 'For your safety we sign you out after a while.',
      next: 'Sign in again to continue.',
    },
    signInAgain: {
      title: 'Sign in again',
      explanation:
        'The bank asks for your national identity number. We do not store it, and only get it when you sign in.',
      next: 'Sign in again, and try once more.',
    },
    kycRequired: {
      title: 'Confirm your identity first',
      explanation: 'We have to know who you are before you can do this.',
      next: 'It takes a few minutes.',
    },
    kycRejected: {
      title: 'We could not confirm your identity',
      explanation: 'That is why you cannot do this.',
      next: 'See what you can do under Confirm identity.',
    },
    kycUnavailable: {
      title: 'Verification is temporarily unavailable',
      explanation: 'It is not your fault, and you lose nothing that you have sent.',
      next: 'Try again in a while.',
    },
    bankUnavailable: {
      title: 'The bank does not answer right now',
      explanation: 'It is not your fault. Nothing has changed.',
      next: 'Try again in a while.',
    },
    consentCancelled: {
      title: 'You cancelled at the bank',
      explanation: 'No bank was linked and nothing was shared.',
      next: 'You can choose a bank again.',
    },
    consentFailed: {
      title: 'The bank did not complete the consent',
      explanation: 'Nothing was shared.',
      next: 'Try again, or choose another bank.',
    },
    consentEnded: {
      title: 'The consent is no longer valid',
      explanation:
        'The bank does not give us the balance, and you cannot pay, until you have given a new consent.',
      next: 'Link the bank again. Nothing else changes.',
    },
    notFound: {
      title: 'We cannot find it',
      explanation: 'It does not exist, or it is not yours.',
      next: 'Go to the front page and find your way from there.',
    },
    paymentRefused: {
      title: 'The payment was not accepted',
      explanation: 'No money has left your account.',
      next: 'Check the details, and try again.',
    },
    paymentOutcomeUnknown: {
      title: 'We do not know yet whether the payment got through',
      explanation: 'The bank did not answer in time. We ask it and show the answer under Payments.',
      next: 'Do not pay again.',
    },
    unavailable: {
      title: 'Drop is unavailable right now',
      explanation: 'The fault is ours.',
      next: 'Try again in a while.',
    },
    failed: {
      title: 'Something went wrong on our side',
      explanation: 'It is not your fault.',
      next: 'Try again. If it happens again, contact us with the error code below.',
    },
    unreachable: {
      title: 'We cannot reach Drop',
      explanation: 'Either you are offline, or we do not answer.',
      next: 'Check your connection, and try again.',
    },
  },
  actions: {
    signIn: 'Sign in again',
    home: 'To the front page',
    reload: 'Try again',
    banks: 'Choose bank',
    verify: 'Confirm identity',
    payments: 'See payments',
  },
  supportTitle: 'Need help? Give this to customer service:',
  code: 'Error code',
  requestId: 'Case number',
  retryAfter: (seconds) => `Try again in ${seconds} seconds.`,
};
