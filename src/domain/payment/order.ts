import { createHash } from 'node:crypto';
import { bankDayFrom } from '../banking/bank-days.ts';
import type { Money } from '../money.ts';
import { endToEndIdOf } from './end-to-end-id.ts';
import type { Execution } from './execution.ts';

/**
 * The purpose of the payment: a KID (structured) or a text of at most 140 characters (unstructured), never both
 * (Norwegian domestic credit transfers).
 */
export type RemittanceInformation =
  { kind: 'kid'; kid: string } | { kind: 'text'; text: string } | { kind: 'none' };

/** A domestic credit transfer as the customer approved it. */
export interface PaymentOrder {
  money: Money;
  debtorAccountNumber: string;
  creditorName: string;
  creditorAccountNumber: string;
  remittance: RemittanceInformation;
  execution: Execution;
}

/**
 * Binds amount, currency, creditor, remittance and execution together: what the customer approves (RTS Article 5). A
 * normal execution is left out, as in the hashes of orders that had no other.
 */
export function orderHash(order: PaymentOrder): Buffer {
  const { money, creditorName, creditorAccountNumber, debtorAccountNumber, remittance, execution } = order;
  const parts = [
    money.amount,
    money.currency,
    debtorAccountNumber,
    creditorAccountNumber,
    creditorName,
    remittance,
    ...(execution.kind === 'normal' ? [] : [execution]),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

/** One order as a provider reports it. Amount and creditor are mandatory; the other members may be absent. */
export interface ReportedOrder {
  money: Money;
  creditorAccountNumber: string;
  debtorAccountNumber?: string | undefined;
  kid?: string | undefined;
  text?: string | undefined;
  endToEndId?: string | undefined;
  /** The day on which the bank is to carry it out, `YYYY-MM-DD`. */
  executionDate?: string | undefined;
  isInstant?: boolean | undefined;
}

/**
 * The order in a provider's answer. `not_promised`: by the provider's documentation, an answer of this kind contains no
 * order. `unreadable`: the documentation promises the order, but it is absent or cannot be read as exactly one order.
 */
export type OrderReading =
  { kind: 'read'; order: ReportedOrder } | { kind: 'unreadable' } | { kind: 'not_promised' };

/**
 * The members in which a reported order differs from the approved one. Optional members that are not reported count as
 * equal. An order that was promised and cannot be read differs as a whole (RTS Article 5). The creditor's name is not
 * compared: banks write it in their own way, and the account number decides who is paid.
 */
export function differencesOf(approved: PaymentOrder & { id: string }, reading: OrderReading): string[] {
  switch (reading.kind) {
    case 'not_promised':
      return [];
    case 'unreadable':
      return ['order'];
    case 'read':
      return Object.entries(comparison(approved, reading.order)).flatMap(([name, isSame]) =>
        isSame ? [] : [name],
      );
  }
}

function comparison(
  approved: PaymentOrder & { id: string },
  reported: ReportedOrder,
): Record<string, boolean> {
  const { money, creditorAccountNumber, debtorAccountNumber, remittance, execution } = approved;
  const kid = remittance.kind === 'kid' ? remittance.kid : '';
  const text = remittance.kind === 'text' ? remittance.text : '';
  return {
    amount: reported.money.amount === money.amount && reported.money.currency === money.currency,
    creditorAccountNumber: reported.creditorAccountNumber === creditorAccountNumber,
    debtorAccountNumber: isAbsentOr(debtorAccountNumber, reported.debtorAccountNumber),
    kid: isAbsentOr(kid, mapped(reported.kid, compact)),
    // Some banks repeat the KID as a text.
    text: isAbsentOr(compact(text), mapped(reported.text, compact)) || mapped(reported.text, compact) === kid,
    endToEndId: isAbsentOr(
      endToEndIdOf(approved.id),
      mapped(reported.endToEndId, (given) => endToEndIdOf(compact(given))),
    ),
    executionDate: isOnDay(execution, reported.executionDate),
    instant: isAbsentOr(execution.kind === 'instant', reported.isInstant),
  };
}

/**
 * A bank may report the first bank day on or after the day that was ordered. For an order without a day it may fill in
 * the day on which it acts, which says nothing.
 */
function isOnDay(execution: Execution, reported: string | undefined): boolean {
  if (execution.kind !== 'on' || reported === undefined) return true;
  return reported === execution.date || reported === bankDayFrom(execution.date);
}

const isAbsentOr = <Value>(expected: Value, given: Value | undefined): boolean =>
  given === undefined || given === expected;

/** Banks compose letters differently and break texts into lines, even in the middle of words. */
const compact = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');

const mapped = (text: string | undefined, map: (text: string) => string): string | undefined =>
  text === undefined ? undefined : map(text);
