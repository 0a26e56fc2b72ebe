import { expect, test } from 'vitest';
import { differencesOf, type PaymentOrder } from './order.ts';
import { provenStatus, searchStatement, type AccountTransaction } from './statement.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const order: PaymentOrder = {
  money: { amount: 25_000, currency: 'NOK' },
  debtorAccountNumber: '12345678903',
  creditorName: 'Strømselskapet AS',
  creditorAccountNumber: '15032080178',
  remittance: { kind: 'none' },
  execution: { kind: 'normal' },
};
const payment = { ...order, id };

function transaction(change: Partial<AccountTransaction> = {}): AccountTransaction {
  return {
    reference: 'entry-1',
    isDebit: true,
    isBooked: true,
    day: '2026-11-30',
    money: order.money,
    counterpartyAccountNumber: order.creditorAccountNumber,
    kid: undefined,
    endToEndId: '0f8fad5bd9cb469fa16570867728950e',
    ...change,
  };
}

function differences(change: Partial<AccountTransaction>): string[] | undefined {
  const { proof } = searchStatement(payment, [transaction(change)]);
  return proof && differencesOf(payment, { kind: 'read', order: proof.order });
}

test.each([
  ['as Drop gave it', '0f8fad5bd9cb469fa16570867728950e'],
  ['in capitals', '0F8FAD5BD9CB469FA16570867728950E'],
  ['in groups', '0f8f ad5b d9cb 469f a165 7086 7728 950e'],
  ['in capitals and groups', ' 0F8FAD5B D9CB469F A1657086 7728950E '],
  ['with dashes', id],
])('a transaction with the end-to-end id %s proves the order', (_case, endToEndId) => {
  expect(differences({ endToEndId })).toEqual([]);
});

test.each<[string, Partial<AccountTransaction>, string[]]>([
  ['another amount', { money: { amount: 25_100, currency: 'NOK' } }, ['amount']],
  ['another currency', { money: { amount: 25_000, currency: 'SEK' } }, ['amount']],
  ['another payee', { counterpartyAccountNumber: '95360573002' }, ['creditorAccountNumber']],
  ['a KID that was not ordered', { kid: '1234567897' }, ['kid']],
])('a transaction with the end-to-end id and %s is another order', (_case, change, expected) => {
  expect(differences(change)).toEqual(expected);
});

test('one of two transactions that shows another order is the one that counts', () => {
  const other = transaction({ money: { amount: 1, currency: 'NOK' }, isBooked: false });
  expect(searchStatement(payment, [transaction(), other]).proof?.order.money.amount).toBe(1);
});

test('two booked transactions with one end-to-end id are a repetition; one that is pending beside it is not', () => {
  const second = transaction({ reference: 'entry-2' });
  expect(searchStatement(payment, [transaction(), second]).proof?.isRepeated).toBe(true);
  const pending = { ...second, isBooked: false };
  expect(searchStatement(payment, [pending, transaction()]).proof).toMatchObject({
    isRepeated: false,
    isBooked: true,
  });
});

test('a transaction that came back proves nothing', () => {
  const back = transaction({ isDebit: false, reference: 'entry-2' });
  expect(searchStatement(payment, [transaction(), back])).toEqual({
    proof: undefined,
    hints: [{ kind: 'returned', reference: 'entry-2', day: '2026-11-30', isBooked: true }],
  });
});

test('a transaction with the end-to-end id that does not name the payee proves nothing', () => {
  const { proof, hints } = searchStatement(payment, [transaction({ counterpartyAccountNumber: undefined })]);
  expect(proof).toBeUndefined();
  expect(hints).toMatchObject([{ kind: 'own_id', reference: 'entry-1' }]);
});

test.each<[string, Partial<AccountTransaction>]>([
  ['the same amount and payee', {}],
  ['the same amount, and no payee', { counterpartyAccountNumber: undefined }],
  ['the same amount and payee, and the id of a stranger', { endToEndId: 'NOTPROVIDED' }],
])('a transaction without the end-to-end id that has %s is a hint and no proof', (_case, change) => {
  const found = searchStatement(payment, [transaction({ endToEndId: undefined, ...change })]);
  expect(found).toMatchObject({ proof: undefined, hints: [{ kind: 'alike' }] });
});

test.each<[string, Partial<AccountTransaction>]>([
  ['another amount', { money: { amount: 1, currency: 'NOK' }, endToEndId: undefined }],
  ['another payee', { counterpartyAccountNumber: '95360573002', endToEndId: undefined }],
  ['money that comes in', { isDebit: false, endToEndId: undefined }],
  ['the end-to-end id of another payment of Drop', { endToEndId: 'f'.repeat(32) }],
])('a transaction with %s is no hint', (_case, change) => {
  expect(searchStatement(payment, [transaction(change)])).toEqual({ proof: undefined, hints: [] });
});

test('a booked transaction settles where the bank counts the debit as settled, and a pending one nowhere', () => {
  expect(provenStatus(true, ['ACSC', 'ACCC'])).toBe('settled');
  expect(provenStatus(true, ['ACCC'])).toBe('processing');
  expect(provenStatus(false, ['ACSC', 'ACCC'])).toBe('processing');
});
