import { createHash } from 'node:crypto';
import { isAccountNumber } from '#domain/banking/account-number.ts';
import { usualPaymentRules, type PaymentRules } from '#domain/banking/payment-rules.ts';
import { DropError } from '#domain/errors.ts';
import type { Bank } from '#services/open-banking/service.ts';
import type { MockProtocol } from './protocol.ts';

const secondsPerDay = 86_400;

const bankNames: [name: string, bic: string, register: string][] = [
  ['DNB', 'DNBANOKK', '1503'],
  ['Nordea', 'NDEANOKK', '6021'],
  ['Handelsbanken', 'HANDNOKK', '9041'],
  ['SpareBank 1', 'SPTRNO22', '9536'],
  ['Sbanken (DNB)', 'SBAKNOBB', '9710'],
];

/** The mock's banks take every kind of order, and call none back. */
export const mockPaymentRules: PaymentRules = { ...usualPaymentRules, takesInstant: true, daysAheadMax: 365 };

/** The mock's banks, as the provider names them. */
export function mockBanks(protocol: MockProtocol): Bank[] {
  const { bankIdOf, paymentBankIdOf = bankIdOf } = protocol;
  return bankNames.flatMap(([name, bic]) => {
    const id = bankIdOf(name);
    if (id === undefined) return [];
    const maximumConsentValiditySeconds = 180 * secondsPerDay;
    const paymentBankId = paymentBankIdOf(name);
    const paymentRules = paymentBankId === undefined ? undefined : mockPaymentRules;
    const named = { id, name, bic, paymentBankId, paymentRules };
    return [{ ...named, maximumConsentValiditySeconds, readsBalances: true }];
  });
}

/** @throws {DropError} `bank_unknown`, where no bank has this name at the provider. */
export function findBank(protocol: MockProtocol, isNamed: (bank: Bank) => boolean): Bank {
  const bank = mockBanks(protocol).find(isNamed);
  if (bank) return bank;
  throw new DropError('bank_unknown', { message: 'no such bank in the mock', outcome: 'not_sent' });
}

export interface MockAccount {
  accountNumber: string;
  name: string;
  balanceOere: number;
}

/** The two accounts that a customer has at a bank: the same ones every time, from the seed. */
export function mockAccounts(seed: number, bankName: string, customerId: string): MockAccount[] {
  const register = bankNames.find(([name]) => name === bankName)?.[2] ?? '0000';
  return ['Brukskonto', 'Sparekonto'].map((name, index) => {
    const number = numberFrom(`${seed}:${bankName}:${customerId}:${index}`);
    return {
      name,
      accountNumber: accountNumberFrom(register, number),
      balanceOere: (index === 0 ? 2_000_000 : 10_000_000) + (number % 1_000_000),
    };
  });
}

function numberFrom(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}

/** The serial moves on until a control digit exists. */
function accountNumberFrom(register: string, start: number): string {
  for (let serial = start % 1_000_000; ; serial = (serial + 1) % 1_000_000) {
    const body = `${register}${serial.toString().padStart(6, '0')}`;
    const found = Array.from({ length: 10 }, (_, control) => `${body}${control}`).find(isAccountNumber);
    if (found !== undefined) return found;
  }
}
