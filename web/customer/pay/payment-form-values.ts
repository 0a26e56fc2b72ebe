import type { Account } from '#http/contract/accounts.ts';
import type { NewPayment, Payment } from '#http/contract/payments.ts';
import { isAccountNumber, normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { bankText, creditorNameLengthMax, notCarried, type CharacterSet } from '#domain/banking/bank-text.ts';
import { isPlausibleKid, normaliseKid } from '#domain/banking/kid.ts';
import { characterSetOf, usualPaymentRules } from '#domain/banking/payment-rules.ts';
import { maximumPaymentOere } from '#domain/money.ts';
import type { Format } from '#domain/formats.ts';
import type { PayTexts } from '../texts/nb-pay.ts';
import { groupAccountNumber } from './account-number-text.ts';
import { readAmount, writeAmount } from './amount-text.ts';

/** The values of the form as the customer typed them. */
export interface PaymentFormValues {
  accountId: string;
  accountNumber: string;
  name: string;
  amount: string;
  referenceKind: 'kid' | 'text';
  kid: string;
  text: string;
  /** As soon as the bank can, or on `date`. Switching keeps the date. */
  when: 'now' | 'on';
  /** `YYYY-MM-DD`; empty until it is chosen. */
  date: string;
  /** Whether a payment now is to be instant, where the bank takes it so. */
  instant: boolean;
}

export type PaymentField =
  'accountId' | 'accountNumber' | 'name' | 'amount' | 'kid' | 'text' | 'date' | 'instant';
export type PaymentFormErrors = Partial<Record<PaymentField, string>>;

interface Checks {
  texts: PayTexts['errors'];
  format: Format;
  /** The account to pay from, if known. */
  account: Pick<Account, 'accountNumber' | 'consentStatus' | 'paymentRules'> | undefined;
}

/**
 * The faults of what is paid to whom, each with its correction; empty without one. `executionFaults` has those of
 * when it is paid.
 */
export function checkPaymentForm(values: PaymentFormValues, checks: Checks): PaymentFormErrors {
  const faults: Partial<Record<PaymentField, string | undefined>> = {
    accountNumber: accountNumberFault(values.accountNumber, checks),
    name: nameFault(values.name, checks),
    amount: amountFault(values.amount, checks),
    accountId: accountFault(values.accountId, checks),
    kid: values.referenceKind === 'kid' ? kidFault(values.kid, checks) : undefined,
    text: values.referenceKind === 'text' ? textFault(values.text, checks) : undefined,
  };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined));
}

function accountFault(accountId: string, { texts, account }: Checks): string | undefined {
  if (accountId === '') return texts.accountMissing;
  return account && account.consentStatus !== 'active' ? texts.accountEnded : undefined;
}

function accountNumberFault(text: string, { texts, account }: Checks): string | undefined {
  const number = normaliseAccountNumber(text);
  if (number === '') return texts.toMissing;
  if (!/^\d+$/.test(number)) return texts.toCharacters;
  if (number.length !== 11) return texts.toLength(number.length);
  if (!isAccountNumber(number)) return texts.toWrong;
  return number === account?.accountNumber ? texts.toSame : undefined;
}

function nameFault(text: string, { texts }: Checks): string | undefined {
  const name = bankText(text);
  if (name === '') return texts.nameMissing;
  return charactersFault(name, texts) ?? (name.length > creditorNameLengthMax ? texts.nameLong : undefined);
}

function amountFault(text: string, { texts, format }: Checks): string | undefined {
  const read = readAmount(text);
  switch (read.kind) {
    case 'amount':
      return undefined;
    case 'missing':
      return texts.amountMissing;
    case 'form':
      return texts.amountForm;
    case 'zero':
      return texts.amountZero;
    case 'high':
      return texts.amountHigh(format.money({ amount: maximumPaymentOere, currency: 'NOK' }));
  }
}

/** The rules of the bank that is paid from, where the server knows them. */
export function rulesOf(account: Pick<Account, 'paymentRules'> | undefined) {
  return account?.paymentRules ?? usualPaymentRules;
}

function kidFault(text: string, { texts, account }: Checks): string | undefined {
  const { takesKid, kidLength } = rulesOf(account);
  const kid = normaliseKid(text);
  if (kid === '') return texts.kidMissing;
  if (!takesKid) return texts.kidNotTaken;
  const isOfLength = kid.length >= kidLength.min && kid.length <= kidLength.max;
  return isOfLength && isPlausibleKid(kid) ? undefined : texts.kidWrong;
}

function textFault(text: string, { texts, account }: Checks): string | undefined {
  const message = bankText(text);
  const { length } = message;
  const lengthMax = rulesOf(account).textLengthMax;
  const isLong = length > lengthMax;
  return (
    charactersFault(message, texts, charactersOf(account)) ??
    (isLong ? texts.messageLong(length, lengthMax) : undefined)
  );
}

const charactersOf = (account: Checks['account']): CharacterSet =>
  characterSetOf({ textCharacters: rulesOf(account).textCharacters });

function charactersFault(text: string, texts: Checks['texts'], carried?: CharacterSet): string | undefined {
  const found = notCarried(text, carried);
  if (found === undefined) return undefined;
  return found.visible.length > 0 ? texts.notCarried(found.visible.join(' ')) : texts.hidden;
}

/** The characters typed so far that the bank cannot carry. They are shown before the form is sent. */
export function faultsWhileFilling(
  values: PaymentFormValues,
  { texts, account }: Pick<Checks, 'texts' | 'account'>,
): PaymentFormErrors {
  const name = charactersFault(bankText(values.name), texts);
  const text = charactersFault(bankText(values.text), texts, charactersOf(account));
  return { ...(name === undefined ? {} : { name }), ...(text === undefined ? {} : { text }) };
}

/** The payment order of a valid form, with what `execution` adds. */
export function paymentOf(
  values: PaymentFormValues,
  execution: Pick<NewPayment, 'instant' | 'executionDate'> = {},
): NewPayment {
  const read = readAmount(values.amount);
  const text = bankText(values.text);
  return {
    accountId: values.accountId,
    amount: { amount: read.kind === 'amount' ? read.oere : 0, currency: 'NOK' },
    creditor: { name: bankText(values.name), accountNumber: normaliseAccountNumber(values.accountNumber) },
    ...(values.referenceKind === 'kid' ? { kid: normaliseKid(values.kid) } : {}),
    ...(values.referenceKind === 'text' && text !== '' ? { text } : {}),
    ...execution,
  };
}

/** The values of an earlier payment, for the customer to check. They have no KID of an invoice that is paid. */
export function valuesFrom(payment: Payment, locale: 'nb' | 'en'): Partial<PaymentFormValues> {
  return {
    accountNumber: groupAccountNumber(payment.creditor.accountNumber),
    name: payment.creditor.name,
    amount: writeAmount(payment.amount.amount, locale),
    referenceKind: payment.kid ? 'kid' : 'text',
    kid: payment.moneyMoved === 'yes' ? '' : (payment.kid ?? ''),
    text: payment.text ?? '',
  };
}

export const emptyForm: PaymentFormValues = {
  accountId: '',
  accountNumber: '',
  name: '',
  amount: '',
  referenceKind: 'text',
  kid: '',
  text: '',
  when: 'now',
  date: '',
  instant: false,
};
