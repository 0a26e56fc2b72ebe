import type { nbProblems } from './nb-problems.ts';

/** What the screen says when something went wrong, by the kind of problem; in English. */
export const enProblems: typeof nbProblems = {
  kinds: {
    signInInterrupted: {
      title: 'The sign-in was interrupted',
      explanation: 'It may have been started in another tab or browser, or have taken too long.',
      next: 'Sign in again, and finish in the same browser.',
    },
    signInCancelled: {
      title: 'You cancelled the sign-in',
      explanation: 'You are not signed in.',
      next: 'You can sign in at any time.',
    },
    signInFailed: {
      title: 'We could not sign you in',
      explanation: 'Something went wrong between BankID and us. This is not your fault.',
      next: 'Try to sign in again. If the problem continues, contact us and quote the error code below.',
    },
    underAge: {
      title: 'You must be 18 or over',
      explanation: 'The information from BankID shows that you are under 18. We have not created a user.',
      next: 'You are welcome to use Drop when you are 18.',
    },
    signInConflict: {
      title: 'We cannot sign you in',
      explanation:
        'The information from BankID does not match what we have on record. To be safe, we have not signed you in.',
      next: 'Customer service has been told. Contact us and quote the reference below.',
    },
    tooMany: {
      title: 'Too many attempts',
      explanation: 'There have been too many attempts in a short time.',
      next: 'Wait a while, then try again.',
    },
    signInUnavailable: {
      title: 'BankID is unavailable right now',
      explanation: 'BankID is not responding. This is not your fault.',
      next: 'Wait a while, then try again.',
    },
    signedOut: {
      title: 'You are signed out',
      explanation:
        'For your security, we sign you out after a while. You may also have been signed out from another device.',
      next: 'Sign in again to continue.',
    },
    signInAgain: {
      title: 'Sign in again',
      explanation:
        'The bank asks for your national identity number. We do not store it, and only get it when you sign in.',
      next: 'Sign in again, and try once more.',
    },
    kycRequired: {
      title: 'Verify your identity first',
      explanation: 'Your identity must be verified before you can do this.',
      next: 'Start the check, or see how far it has got.',
    },
    kycRejected: {
      title: 'Your identity is not verified',
      explanation: 'This means you cannot do this now.',
      next: 'See what you can do under Verify your identity.',
    },
    kycUnavailable: {
      title: 'Verification is temporarily unavailable',
      explanation: 'This is not your fault, and nothing you have sent is lost.',
      next: 'Try again later.',
    },
    bankUnavailable: {
      title: 'The bank is not responding right now',
      explanation: 'This is not your fault.',
      next: 'Try again later.',
    },
    consentCancelled: {
      title: 'You cancelled at the bank',
      explanation: 'The bank was not linked and nothing was shared.',
      next: 'You can choose a bank again.',
    },
    consentFailed: {
      title: 'Your consent was not completed',
      explanation: 'The bank was not linked.',
      next: 'Try again, or choose another bank.',
    },
    bankReturnUnknown: {
      title: 'We do not recognise the response from the bank',
      explanation: 'It may be too old, or it may belong to another sign-in.',
      next: 'If you approved a payment, check under Payments before you pay again.',
    },
    consentEnded: {
      title: 'Your consent is no longer valid',
      explanation:
        'We cannot get your balance, and you cannot pay from the account, until you give a new consent.',
      next: 'Link the bank again.',
    },
    notFound: {
      title: 'We cannot find this',
      explanation: 'It does not exist, or it belongs to another user.',
      next: 'Go to the home page and continue from there.',
    },
    paymentRefused: {
      title: 'The payment was not accepted',
      explanation: 'No money has left your account.',
      next: 'Check the details, then try again.',
    },
    paymentOutcomeUnknown: {
      title: 'We do not know yet whether your bank has the payment',
      explanation: 'We are asking your bank and will show the answer under Payments.',
      next: 'Do not pay again.',
    },
    paymentExists: {
      title: 'This form has already been used for a payment',
      explanation:
        'There is a payment from this form, with other details than the ones you see here. This one has not been sent.',
      next: 'See the first payment before you pay again.',
    },
    paymentRepeated: {
      title: 'You have just paid the same',
      explanation:
        'You paid the same amount to the same account a short time ago. This payment has not been sent.',
      next: 'See the first payment before you pay once more.',
    },
    notCancellable: {
      title: 'The payment cannot be cancelled in Drop',
      explanation: 'Your bank has it, and it cannot be stopped from here.',
      next: 'Ask your bank whether it can be stopped there.',
    },
    notDismissable: {
      title: 'The payment cannot be put aside',
      explanation: 'It no longer waits for approval, or it can be cancelled instead.',
      next: 'See what has happened to it.',
    },
    offline: {
      title: 'You are offline',
      explanation: 'Nothing has been sent, and nothing will be sent later by itself.',
      next: 'Try again when you are back online.',
    },
    unavailable: {
      title: 'This service is unavailable right now',
      explanation: 'This is not your fault.',
      next: 'Try again later.',
    },
    failed: {
      title: 'Something went wrong',
      explanation: 'What you tried to do may not have gone through.',
      next: 'Try again. If the problem continues, contact us and quote the error code below.',
    },
    unreachable: {
      title: 'We cannot reach Drop',
      explanation: 'You may be offline, or Drop is not responding.',
      next: 'Check your internet connection, then try again.',
    },
  },
  actions: {
    signIn: 'Sign in again',
    home: 'Go to the home page',
    reload: 'Try again',
    banks: 'Choose a bank',
    verify: 'Verify your identity',
    payments: 'See payments',
  },
  supportTitle: 'Need help? Give customer service these details:',
  code: 'Error code',
  requestId: 'Reference',
  retryAfter: (seconds) =>
    seconds === 1
      ? 'Wait at least one second.'
      : seconds <= 90
        ? `Wait at least ${seconds} seconds.`
        : `Wait at least ${Math.ceil(seconds / 60)} minutes.`,
};
