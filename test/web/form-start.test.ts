import { describe, expect, test } from 'vitest';
import type { Account } from '#http/contract/accounts.ts';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import type { Payment } from '#http/contract/payments.ts';
import { draftOf, startForm } from '#customer/pay/form-start.ts';
import { emptyForm } from '#customer/pay/payment-form-values.ts';

const account: Account = {
  id: 'first',
  connectionId: 'c',
  bankName: 'DNB',
  name: null,
  accountNumber: '15032080119',
  balance: null,
  balanceKind: null,
  balanceAt: null,
  isPaidSince: false,
  consentStatus: 'active',
  payeeCheck: 'not_possible',
  paymentRules: null,
};
const accounts: Account[] = [
  { ...account, id: 'ended', consentStatus: 'expired' },
  { ...account, id: 'card', accountNumber: null },
  account,
  { ...account, id: 'second' },
];
const draft: PaymentDraft = {
  ...emptyForm,
  accountId: 'second',
  name: 'Nordlys',
  idempotencyKey: 'kept-key',
};
const earlier = {
  creditor: { name: 'Strøm', accountNumber: '15032080178' },
  amount: { amount: 25_000, currency: 'NOK' },
  kid: null,
  text: 'Takk',
} as Payment;

type Start = Parameters<typeof startForm>[0];

function start(change: Partial<Start>) {
  const none = { draft: null, earlier: undefined, from: undefined };
  return startForm({ ...none, accounts, locale: 'nb', newKey: () => 'new-key', ...change });
}

describe('the form', () => {
  test('is empty without a draft, with the first account that can be paid from', () => {
    const values = { ...emptyForm, accountId: 'first' };
    expect(start({})).toEqual({ values, idempotencyKey: 'new-key', origin: 'empty', isAccountGone: false });
  });

  test('takes the draft with its key, so that it is paid once', () => {
    const begun = start({ draft });
    expect(begun).toMatchObject({ idempotencyKey: 'kept-key', origin: 'draft', isAccountGone: false });
    expect(draftOf(begun)).toEqual(draft);
  });

  test('pays at once what a draft of an earlier client says nothing of', () => {
    const { accountId, accountNumber, name, amount, referenceKind, kid, text, idempotencyKey } = draft;
    const old = { accountId, accountNumber, name, amount, referenceKind, kid, text, idempotencyKey };
    expect(start({ draft: old }).values).toMatchObject({ when: 'now', date: '', instant: false });
  });

  test('does not take a draft in which nothing is filled in', () => {
    expect(start({ draft: { ...draft, name: ' ' } })).toMatchObject({ origin: 'empty' });
  });

  test('takes an earlier payment rather than the draft, under a new key', () => {
    const again = start({ draft, earlier });
    expect(again).toMatchObject({ idempotencyKey: 'new-key', origin: 'again over draft' });
    expect(again.values).toMatchObject({ name: 'Strøm', accountId: 'first' });
    expect(start({ earlier })).toMatchObject({ origin: 'again' });
  });

  test('takes the KID of a payment that did not go through, and not of one that did', () => {
    const paid = { ...earlier, kid: '2345676', text: null };
    const kidOf = (moneyMoved: Payment['moneyMoved']) => {
      const { referenceKind, kid } = start({ earlier: { ...paid, moneyMoved } }).values;
      return [referenceKind, kid];
    };
    expect([kidOf('no'), kidOf('yes')]).toEqual([
      ['kid', '2345676'],
      ['kid', ''],
    ]);
  });

  test('takes the account that was asked for rather than that of the draft', () => {
    expect(start({ draft, from: 'first' }).values).toMatchObject({ accountId: 'first', name: 'Nordlys' });
  });

  test('keeps an account whose consent has ended, so that the screen can say so', () => {
    expect(start({ draft: { ...draft, accountId: 'ended' } })).toMatchObject({
      values: { accountId: 'ended' },
      isAccountGone: false,
    });
  });

  test('chooses an account in the place of a card, which a bank cannot pay from', () => {
    for (const change of [{ draft: { ...draft, accountId: 'card' } }, { from: 'card' }])
      expect(start(change)).toMatchObject({ values: { accountId: 'first' }, isAccountGone: false });
  });

  test('chooses no other account in the place of one that is gone', () => {
    expect(start({ draft: { ...draft, accountId: 'gone' } })).toMatchObject({
      values: { accountId: '' },
      isAccountGone: true,
    });
  });
});
