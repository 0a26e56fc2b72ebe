import type { Account } from '#http/contract/accounts.ts';
import type { Creditors } from '#http/contract/creditors.ts';
import { formatAccountNumber, normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { groupAccountNumber } from './account-number-text.ts';
import type { PaymentFormValues } from './payment-form-values.ts';

/** A recipient to choose: the words for it, and what it fills in. */
export interface CreditorChoice {
  label: string;
  /** The name alone: the customer's own of the recipient or the account, else the recipient's. */
  short: string;
  /** The bank of an own account; empty for others. */
  bank: string;
  name: string;
  accountNumber: string;
}

export interface CreditorChoices {
  /** The customer's other accounts whose number is known. */
  own: CreditorChoice[];
  saved: CreditorChoice[];
  recent: CreditorChoice[];
}

type ChoiceAccount = Pick<Account, 'accountNumber' | 'name' | 'bankName' | 'consentStatus'>;

interface Known {
  accounts: readonly ChoiceAccount[];
  creditors: Creditors | undefined;
  /** The account to pay from. */
  from: ChoiceAccount | undefined;
  /** The customer's name, which is that of the recipient of a transfer to an account of their own. */
  ownName: string;
  /** The word for an account without a name. */
  unnamed: string;
}

/** The recipients that the form suggests. The account that is paid from is none. */
export function creditorChoices({ accounts, creditors, from, ownName, unnamed }: Known): CreditorChoices {
  const isOther = ({ accountNumber }: { accountNumber: string | null }): boolean =>
    accountNumber !== from?.accountNumber;
  const own = accounts
    .filter((account) => account.consentStatus !== 'revoked' && isOther(account))
    .flatMap(({ accountNumber, name, bankName }) =>
      accountNumber === null
        ? []
        : [
            {
              label: words(name ?? unnamed, bankName, accountNumber),
              short: name ?? unnamed,
              bank: bankName,
              name: ownName,
              accountNumber,
            },
          ],
    );
  const saved = creditors?.saved.filter(isOther) ?? [];
  const recent = creditors?.recent.filter(isOther) ?? [];
  return {
    own: own.filter(({ accountNumber }, index) => own.findIndex(hasNumber(accountNumber)) === index),
    saved: saved.map(({ label, name, accountNumber }) => ({
      label: words(label, label === name ? '' : name, accountNumber),
      short: label,
      bank: '',
      name,
      accountNumber,
    })),
    recent: recent.map((creditor) => ({
      ...creditor,
      label: words(creditor.name, '', creditor.accountNumber),
      short: creditor.name,
      bank: '',
    })),
  };
}

function words(first: string, second: string, accountNumber: string): string {
  return [first, second, formatAccountNumber(accountNumber)].filter((part) => part !== '').join(', ');
}

const hasNumber =
  (accountNumber: string) =>
  (choice: { accountNumber: string | null }): boolean =>
    choice.accountNumber === accountNumber;

/**
 * The account number of the choice that is filled in; empty where it is of none. With another name than the choice's
 * it is a recipient of its own: the choice would name somebody else than the review does.
 */
export function chosenNumber(
  { own, saved, recent }: CreditorChoices,
  typed: Pick<PaymentFormValues, 'accountNumber' | 'name'>,
): string {
  const isTyped = hasNumber(normaliseAccountNumber(typed.accountNumber));
  const choice = [...own, ...saved, ...recent].find(isTyped);
  return choice?.name === typed.name.trim() ? choice.accountNumber : '';
}

/**
 * What a choice fills in: the name and the account number. A KID is one payment's, so that of another recipient is
 * never carried over. Without a choice the recipient is emptied.
 */
export function filledBy(
  choice: Omit<CreditorChoice, 'short' | 'bank'> | undefined,
): Partial<PaymentFormValues> {
  const { name = '', accountNumber = '' } = choice ?? {};
  return { accountNumber: groupAccountNumber(accountNumber), name, kid: '' };
}

/** The customer's own account that a payment goes to; undefined for another recipient. */
export function ownAccountOf<Own extends ChoiceAccount>(
  accounts: readonly Own[],
  accountNumber: string,
): Own | undefined {
  return accounts.find(
    (account) => account.accountNumber === accountNumber && account.consentStatus !== 'revoked',
  );
}
