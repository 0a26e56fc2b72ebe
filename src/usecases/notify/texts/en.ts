import { formats } from '#domain/formats.ts';
import type { MailFrame, NoticeTexts } from './texts.ts';

const { money, date } = formats.en;

const notices: NoticeTexts = {
  payment_settled: ({ amount, creditorName }) => ({
    title: `${money(amount)} has been paid to ${creditorName}`,
    body: 'Your bank reports that the payment is complete.',
  }),
  payment_rejected: ({ amount, creditorName, bankName }) => ({
    title: `The payment to ${creditorName} was rejected`,
    body: `${bankName} rejected the payment of ${money(amount)}. No money has left your account.`,
  }),
  payment_cancelled: ({ amount, creditorName }) => ({
    title: `The payment to ${creditorName} was cancelled`,
    body: `The payment of ${money(amount)} will not be made. No money has left your account.`,
  }),
  payment_expired: ({ amount, creditorName }) => ({
    title: `The payment to ${creditorName} can no longer be approved`,
    body: `The payment of ${money(amount)} was not approved in time. No money has left your account.`,
  }),
  payment_failed: ({ amount, creditorName }) => ({
    title: `The payment to ${creditorName} did not reach the bank`,
    body: `The payment of ${money(amount)} was not sent. No money has left your account. You can try again.`,
  }),
  payment_due_tomorrow: ({ amount, creditorName, bankName }) => ({
    title: `${money(amount)} will be paid to ${creditorName} tomorrow`,
    body: `Make sure there is enough money in your account at ${bankName}. You do not need to do anything else.`,
  }),
  consent_expires_soon: ({ bankName, validUntil }) => ({
    title: `Your consent at ${bankName} expires soon`,
    body:
      `${validUntil ? `It is valid until ${date(validUntil.toISOString())}. ` : ''}` +
      'Renew it in Drop to keep seeing your balance and paying.',
  }),
  consent_expired: ({ bankName }) => ({
    title: `Your consent at ${bankName} has expired`,
    body:
      'Drop can no longer read your balance or start payments from your accounts there. ' +
      'Connect the bank again whenever you like.',
  }),
  consent_withdrawn: ({ bankName }) => ({
    title: `Your consent at ${bankName} has been withdrawn`,
    body:
      'It was withdrawn at the bank. Drop can no longer read your balance or start payments from your accounts ' +
      'there. Connect the bank again whenever you like.',
  }),
  verification_approved: () => ({
    title: 'Your identity has been verified',
    body: 'You can now connect your bank and pay with Drop.',
  }),
  verification_rejected: () => ({
    title: 'Your identity could not be verified',
    body: 'You therefore cannot pay with Drop. Open Drop to see whether there is anything you can do.',
  }),
  verification_retry: () => ({
    title: 'We could not verify your identity yet',
    body: 'Open Drop to see what was missing, and try again.',
  }),
  new_device: ({ program, system }) => ({
    title: 'New sign-in to Drop',
    body:
      `You signed in with BankID on a new device${deviceWords(program, system)}. ` +
      'If it was not you, sign the device out under Devices in Drop, and contact the bank that issued your BankID.',
  }),
  sign_in_refused: () => ({
    title: 'A sign-in with your BankID was refused',
    body:
      'The details from BankID did not match what Drop knows about you. ' +
      'If it was not you who tried, contact the bank that issued your BankID.',
  }),
  address_verification: () => ({
    title: 'Confirm your e-mail address',
    body:
      'This address was entered in Drop. Confirm it with the link within 24 hours, while you are signed in. ' +
      'If you did not enter it yourself, you can ignore this e-mail.',
  }),
  address_verified: () => ({
    title: 'Your e-mail address has been confirmed',
    body:
      'You will now get an e-mail when a payment has been made or rejected, ' +
      'and when something concerns your security.',
  }),
  address_replaced: () => ({
    title: 'Your e-mail address in Drop was changed',
    body:
      'Drop no longer sends e-mail to this address. Was it not you who changed it? ' +
      'Sign in to Drop and check.',
  }),
  address_removed: () => ({
    title: 'Your e-mail address was removed from Drop',
    body:
      'Drop no longer sends e-mail to this address. Was it not you who removed it? ' +
      'Sign in to Drop and check.',
  }),
  account_closed: () => ({
    title: 'Your Drop account is closed',
    body:
      'Your consents at your banks are being ended, and your data are being deleted. What the law requires us ' +
      'to keep is deleted when its time is over. Was it not you who closed the account? Contact customer service.',
  }),
  data_copy_ready: () => ({
    title: 'The copy of your data is ready',
    body: 'You can download it under Privacy in Drop. It is deleted seven days after you asked for it.',
  }),
};

function deviceWords(program: string | null, system: string | null): string {
  const shown = program === 'app' ? 'the Drop app' : program;
  const words = [shown, system].filter((word) => word !== null).join(' on ');
  return words === '' ? '' : ` (${words})`;
}

const mail: MailFrame = {
  open: 'Open in Drop',
  confirm: 'Confirm the address',
  labels: { amount: 'Amount', creditor: 'Payee', bank: 'Bank', validUntil: 'Valid until', at: 'Time' },
  footer: 'You get this e-mail because you use Drop. It cannot be answered.',
  addressFooter: 'You get this e-mail because the address was entered in Drop. It cannot be answered.',
  warning: 'Drop never asks for passwords, codes or account numbers by e-mail.',
};

/** The texts in English. */
export const en = { notices, mail };
