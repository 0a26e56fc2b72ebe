import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Execution } from './execution.ts';
import { endToEndIdOf, paymentIdOf } from './end-to-end-id.ts';
import {
  differencesOf,
  orderHash,
  type PaymentOrder,
  type RemittanceInformation,
  type ReportedOrder,
} from './order.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const approved: PaymentOrder & { id: string } = {
  id,
  money: { amount: 12_550, currency: 'NOK' },
  debtorAccountNumber: '12345678903',
  creditorName: 'Nordlys Strøm AS',
  creditorAccountNumber: '95360573002',
  remittance: { kind: 'text', text: 'Faktura 42' },
  execution: { kind: 'normal' },
};
const reported: ReportedOrder = {
  money: approved.money,
  creditorAccountNumber: approved.creditorAccountNumber,
  debtorAccountNumber: approved.debtorAccountNumber,
  text: 'Faktura 42',
  endToEndId: '0f8fad5bd9cb469fa16570867728950e',
};
const differences = (
  change: Partial<ReportedOrder>,
  remittance: RemittanceInformation = approved.remittance,
) => differencesOf({ ...approved, remittance }, { kind: 'read', order: { ...reported, ...change } });

test('an order that is reported completely and unchanged has no differences', () => {
  expect(differences({})).toEqual([]);
});

test('an order that is reported with amount and creditor alone has no differences', () => {
  const { money, creditorAccountNumber } = reported;
  expect(differencesOf(approved, { kind: 'read', order: { money, creditorAccountNumber } })).toEqual([]);
});

test('an order that was promised and cannot be read differs', () => {
  expect(differencesOf(approved, { kind: 'unreadable' })).toEqual(['order']);
});

test('an answer that contains no order by its documentation has no differences', () => {
  expect(differencesOf(approved, { kind: 'not_promised' })).toEqual([]);
});

test.each([
  ['amount', { money: { amount: 12_551, currency: 'NOK' } }],
  ['amount', { money: { amount: 12_550, currency: 'SEK' } }],
  ['creditorAccountNumber', { creditorAccountNumber: '12345678903' }],
  ['debtorAccountNumber', { debtorAccountNumber: '95360573002' }],
  ['kid', { kid: '2345676' }],
  ['text', { text: 'Faktura 43' }],
  ['endToEndId', { endToEndId: 'f'.repeat(32) }],
] as const)('another %s is named', (name, change) => {
  expect(differences(change)).toEqual([name]);
});

test('a KID is compared, and a text beside it differs from the approved order', () => {
  const kid: RemittanceInformation = { kind: 'kid', kid: '2345676' };
  expect(differences({ kid: '2345676', text: undefined }, kid)).toEqual([]);
  expect(differences({ kid: '1234567897', text: undefined }, kid)).toEqual(['kid']);
  expect(differences({ kid: '2345676', text: 'Mer' }, kid)).toEqual(['text']);
});

test('composed letters, spaces, line breaks and the spelling of an identification make no difference', () => {
  const text: RemittanceInformation = { kind: 'text', text: 'Til Åse, takk' };
  expect(differences({ text: '  Til  A\u030ase,\ntakk ' }, text)).toEqual([]);
  expect(differences({ text: 'Til Å\nse, takk' }, text)).toEqual([]);
  expect(differences({ endToEndId: id.toUpperCase() })).toEqual([]);
  const kid: RemittanceInformation = { kind: 'kid', kid: '2345676' };
  expect(differences({ kid: '234 5676', text: '2345676' }, kid)).toEqual([]);
});

test('every payment is recognised by its end-to-end identification, and nothing else is', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(endToEndIdOf(uuid)).toMatch(/^[\da-f]{32}$/);
      expect(paymentIdOf(endToEndIdOf(uuid))).toBe(uuid);
    }),
  );
  for (const other of ['', 'NOTPROVIDED', 'f'.repeat(31), 'f'.repeat(33), 'g'.repeat(32)])
    expect(paymentIdOf(other)).toBeUndefined();
});

describe('the execution of an order', () => {
  const how = (execution: Execution, change: Partial<ReportedOrder>) =>
    differencesOf({ ...approved, execution }, { kind: 'read', order: { ...reported, ...change } });
  const saturday: Execution = { kind: 'on', date: '2026-12-05' };

  test.each([
    ['is not reported', saturday, {}],
    ['is on the day', saturday, { executionDate: '2026-12-05' }],
    ['is on the bank day after it', saturday, { executionDate: '2026-12-07' }],
    ['is on the day that the bank filled in', { kind: 'normal' }, { executionDate: '2026-12-01' }],
    ['is on a day that cannot be read, and none was ordered', { kind: 'normal' }, { executionDate: 'soon' }],
    ['is instant', { kind: 'instant' }, { isInstant: true }],
    ['is not instant', { kind: 'normal' }, { isInstant: false }],
  ] as const)('agrees where it %s', (_how, execution, change) => {
    expect(how(execution, change)).toEqual([]);
  });

  test.each([
    ['executionDate', saturday, { executionDate: '2026-12-04' }],
    ['executionDate', saturday, { executionDate: '2026-12-08' }],
    ['executionDate', saturday, { executionDate: '05.12.2026' }],
    ['instant', { kind: 'instant' }, { isInstant: false }],
    ['instant', { kind: 'normal' }, { isInstant: true }],
    ['instant', saturday, { isInstant: true }],
  ] as const)('differs in %s', (member, execution, change) => {
    expect(how(execution, change)).toEqual([member]);
  });

  test('is bound by the hash, which is that of earlier versions for a normal order', () => {
    const of = (execution: Execution) => orderHash({ ...approved, execution }).toString('hex');
    const hashes = [
      { kind: 'normal' },
      { kind: 'instant' },
      saturday,
      { kind: 'on', date: '2026-12-06' },
    ] as const;
    expect(new Set(hashes.map(of)).size).toBe(4);
    expect(of({ kind: 'normal' })).toBe('c6fbe790d36430039a11e386b89b55ef58c5550395d256d273cad6165ca2292f');
  });
});
