import { createHash } from 'node:crypto';
import type { Money } from '../money.ts';

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
}

/** Binds amount, currency, creditor and remittance together: what the customer approves (RTS Article 5). */
export function orderHash(order: PaymentOrder): Buffer {
  const { money, creditorName, creditorAccountNumber, debtorAccountNumber, remittance } = order;
  const parts = [
    money.amount,
    money.currency,
    debtorAccountNumber,
    creditorAccountNumber,
    creditorName,
    remittance,
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
  const { money, creditorAccountNumber, debtorAccountNumber, remittance } = approved;
  const kid = remittance.kind === 'kid' ? remittance.kid : '';
  const text = remittance.kind === 'text' ? remittance.text : '';
  return {
    amount: reported.money.amount === money.amount && reported.money.currency === money.currency,
    creditorAccountNumber: reported.creditorAccountNumber === creditorAccountNumber,
    debtorAccountNumber: isAbsentOr(debtorAccountNumber, reported.debtorAccountNumber),
    kid: isAbsentOr(kid, mapped(reported.kid, compact)),
    // Some banks repeat the KID as a text.
    text: isAbsentOr(compact(text), mapped(reported.text, compact)) || mapped(reported.text, compact) === kid,
    endToEndId: isAbsentOr(endToEndIdOf(approved.id), mapped(reported.endToEndId, endToEndIdOf)),
  };
}

const isAbsentOr = (expected: string, given: string | undefined): boolean =>
  given === undefined || given === expected;

/** Banks compose letters differently and break texts into lines, even in the middle of words. */
const compact = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');

const mapped = (text: string | undefined, map: (text: string) => string): string | undefined =>
  text === undefined ? undefined : map(text);

/** The end-to-end identification of a payment (ISO 20022, at most 35 characters): its id as 32 hexadecimal digits. */
export function endToEndIdOf(paymentId: string): string {
  return paymentId.replaceAll('-', '').toLowerCase();
}

/** The id of the payment that an end-to-end identification names; undefined when it is not in Drop's format. */
export function paymentIdOf(endToEndId: string): string | undefined {
  const match = /^([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})$/i.exec(endToEndId);
  return match?.slice(1).join('-').toLowerCase();
}
