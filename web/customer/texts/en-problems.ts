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
      next: 'Try to sign in again.',
    },
    underAge: {
      title: 'You must be 18 or over',
      explanation: 'The information from BankID shows that you are under 18. We have not created a user.',
      next: 'You are welcome to use Drop when you are 18.',
    },
    signInConflict: {
      title: 'We cannot sign you in',
      explanation:
        'The information from BankID does not match our records. To be safe, we have not signed you in.',
      next: 'We have been notified and are looking into it.',
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
      title: 'We cannot find what you are looking for',
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
      title: 'You have just started a payment like this one',
      explanation:
        'It has the same amount and account, and it may have been completed. This payment has not been sent.',
      next: 'See the first payment before you pay once more.',
    },
    notCancellable: {
      title: 'The payment cannot be cancelled in Drop',
      explanation: 'Your bank has it, and it cannot be stopped from here.',
      next: 'Ask your bank whether it can be stopped there.',
    },
    statementTooLong: {
      title: 'Too many payments in the period',
      explanation: 'The statement was not created.',
      next: 'Choose a shorter period. A CSV file has room for more than a PDF.',
    },
    notDismissable: {
      title: 'The payment cannot be put aside',
      explanation: 'It no longer waits for approval, or it can be cancelled instead.',
      next: 'See what has happened to it.',
    },
    offline: {
      title: 'You are offline',
      explanation: 'What you tried to do was not sent, and it will not be sent later by itself.',
      next: 'Try again when you are back online.',
    },
    offlineUnread: {
      title: 'You are offline',
      explanation: 'We cannot get what should be shown here.',
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
      next: 'Try again.',
    },
    broken: {
      title: 'We could not show this page',
      explanation: 'Something went wrong in the app. This is not your fault.',
      next: 'Try again. If that does not help, close the tab and open Drop again.',
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
  messages: {
    invalid_request: 'Something in the request is missing or wrong.',
    idempotency_key_reused:
      'This Idempotency-Key was used for something else. What you asked for now was not sent.',
    internal_error: 'Something went wrong on our side. Try again later.',
    kyc_conflict: 'The identity check cannot be started now.',
    payment_not_cancellable: 'Drop cannot stop this payment. Ask your bank whether it can be stopped.',
    payment_not_dismissable: 'The payment no longer waits for approval, or it can be cancelled instead.',
    not_found: 'We cannot find what you are looking for.',
    bank_unknown: 'We do not know that bank.',
    account_unknown: 'We cannot find the account.',
    payment_document_missing:
      'The payment does not have this document. A receipt exists only once your bank has completed the payment.',
    payment_statement_too_long:
      'There are too many payments in the period. Choose a shorter one. A CSV file has room for more than a PDF.',
    payment_unknown: 'We cannot find the payment.',
    payment_creditor_account_invalid:
      'This account number cannot be used. Check that it is correct and not the account you are paying from.',
    payment_kid_invalid:
      'This KID number cannot be used. Check it against the invoice, and enter either a KID number or a message.',
    payment_amount_invalid: 'The amount must be between NOK 0.01 and NOK 1,000,000.',
    payment_above_own_limit:
      'The amount is above the limit for one payment that you set in your profile. Nothing was sent.',
    payment_above_day_limit:
      'The amount takes you above the daily limit that you set in your profile. Nothing was sent.',
    payment_insufficient_funds: 'There is not enough money in the account. The payment was not sent.',
    payment_refused_by_bank: 'The payment was rejected. No money has left your account.',
    payment_repeated:
      'You have just started a similar payment. This one has not been sent. Confirm if you want to pay once more.',
    payment_in_progress:
      'The payment is on its way to your bank. Wait a moment, and look for it under Payments.',
    email_address_invalid: 'This e-mail address cannot be used. Check the spelling.',
    email_link_unknown:
      'The link does not work. It may have been replaced by a newer one, or belong to another user.',
    cards_off: 'You do not have cards in Drop.',
    card_unknown: 'We cannot find the card.',
    card_canceled: 'The card is cancelled for good and cannot be changed. You can order a new one.',
    card_exists: 'You already have a card of this kind. Replace or cancel it first.',
    cards_too_many: 'You have made as many test cards or test purchases as you can.',
    creditor_unknown: 'We cannot find the recipient. It may have been removed.',
    creditors_too_many: 'You have saved as many recipients as you can. Remove one of them first.',
    email_link_used: 'The link has already been used.',
    email_link_expired: 'The link is too old. Ask for a new one in your profile.',
    account_has_open_payments:
      'You have payments that are not finished. The account can be closed once all are completed or cancelled.',
  },
  support: 'If you need help, give these details to customer service:',
  help: 'Help and common questions',
  code: 'Error code',
  requestId: 'Reference',
  retryAfter: (seconds) =>
    seconds === 1
      ? 'Wait at least one second.'
      : seconds <= 90
        ? `Wait at least ${seconds} seconds.`
        : `Wait at least ${Math.ceil(seconds / 60)} minutes.`,
};
