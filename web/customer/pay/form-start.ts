import type { Account } from '#http/contract/accounts.ts';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { Locale } from '#domain/locale.ts';
import { canPayFrom } from './payable-account.ts';
import { emptyForm, valuesFrom, type PaymentFormValues } from './payment-form-values.ts';

/** A form, and the key under which it is paid once. */
export interface KeyedForm {
  values: PaymentFormValues;
  idempotencyKey: string;
}

export interface FormStart extends KeyedForm {
  /** Where the values are from. `draft over again`: from an earlier payment, although a draft is kept. */
  origin: 'empty' | 'draft' | 'again' | 'again over draft';
  /** Whether the account of the draft is not among the customer's accounts any more. */
  isAccountGone: boolean;
}

interface StartFrom {
  draft: PaymentDraft | null;
  /** The payment to make again. */
  earlier: Payment | undefined;
  /** The id of the account that the customer chose before the form opened. */
  from: string | undefined;
  accounts: Account[];
  locale: Locale;
  newKey: () => string;
}

/**
 * The form when it opens. What the customer just asked for wins over the draft: an earlier payment over the whole
 * draft, an account over that of the draft.
 */
export function startForm(start: StartFrom): FormStart {
  const { earlier, locale, newKey } = start;
  const draft = start.draft !== null && hasContent(start.draft) ? start.draft : null;
  if (earlier !== undefined) {
    const values = { ...emptyForm, ...valuesFrom(earlier, locale), accountId: preferredAccount(start) };
    const origin = draft ? 'again over draft' : 'again';
    return { values, idempotencyKey: newKey(), origin, isAccountGone: false };
  }
  if (draft === null) {
    const values = { ...emptyForm, accountId: preferredAccount(start) };
    return { values, idempotencyKey: newKey(), origin: 'empty', isAccountGone: false };
  }
  const accountId = accountOf(start, draft.accountId);
  const isAccountGone = accountId === '' && draft.accountId !== '';
  const values = { ...valuesOf(draft), accountId };
  return { values, idempotencyKey: draft.idempotencyKey, origin: 'draft', isAccountGone };
}

/** A draft of an earlier client does not say when to pay. */
function valuesOf({ accountId, accountNumber, name, amount, ...rest }: PaymentDraft): PaymentFormValues {
  const { referenceKind, kid, text, when = 'now', date = '', instant = false } = rest;
  return { accountId, accountNumber, name, amount, referenceKind, kid, text, when, date, instant };
}

/**
 * Empty if the account is gone: another one is for the customer to choose. A card was never theirs to choose, so that
 * it gives way to an account; one whose consent has ended stays, and the form says so.
 */
function accountOf(start: StartFrom, kept: string): string {
  const { accounts, from } = start;
  const account = accounts.find(({ id }) => id === kept);
  const isChosenNow = accounts.some(({ id }) => id === from);
  if (kept === '' || isChosenNow || account?.accountNumber === null) return preferredAccount(start);
  return account?.id ?? '';
}

function preferredAccount({ accounts, from }: StartFrom): string {
  const chosen = accounts.find(({ id, accountNumber }) => id === from && accountNumber !== null);
  return (chosen ?? accounts.find(canPayFrom))?.id ?? '';
}

/** Whether the customer has filled in anything. */
export function hasContent(values: PaymentFormValues | PaymentDraft): boolean {
  const { accountNumber, name, amount, kid, text, date = '' } = values;
  return [accountNumber, name, amount, kid, text, date].some((value) => value.trim() !== '');
}

export function draftOf({ values, idempotencyKey }: KeyedForm): PaymentDraft {
  return { ...values, idempotencyKey };
}
