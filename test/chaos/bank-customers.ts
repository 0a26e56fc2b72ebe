import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import type { SandboxPerson, SandboxWorld } from '#services/definition.ts';
import { isAccountNumber } from '#domain/banking/account-number.ts';

/** Banks that all three providers offer, with their BICs. */
export const banks = [
  { name: 'DNB', bic: 'DNBANOKK' },
  { name: 'Sbanken (DNB)', bic: 'SBAKNOBB' },
] as const;

/** The bank of a customer. */
export const bankOf = (index: number): (typeof banks)[number] => banks[index % 2 === 0 ? 0 : 1];

const note = { nb: 'Er med i prøven.', en: 'Takes part in the test.' };
const dayMs = 86_400_000;
export const openingOere = 50_000_000;

const nameOf = (index: number): string => `Kunde Testnes ${index}`;
const personIdOf = (index: number): string => `customer-${index}`;

function personOf(index: number): SandboxPerson {
  const birthdate = new Date(Date.UTC(1970, 0, 1) + index * dayMs).toISOString().slice(0, 10);
  const nationalIdentityNumber = syntheticNationalIdentityNumber(birthdate, 10);
  return {
    id: personIdOf(index),
    name: nameOf(index),
    birthdate,
    nationalIdentityNumber,
    note,
    outcome: 'signs_in',
  };
}

/** The only number with those first ten digits, or one of the next serials: one in eleven has no control digit. */
function accountNumbers(count: number): string[] {
  const found: string[] = [];
  for (let serial = 1503_400_000; found.length < count; serial += 1)
    found.push(...[...'0123456789'].map((digit) => `${serial}${digit}`).filter(isAccountNumber));
  return found;
}

/** People who are each a customer of the bank with two accounts of their own. */
export function bankCustomers(count: number): Pick<SandboxWorld, 'people' | 'bankCustomers'> {
  const people = Array.from({ length: count }, (_, index) => personOf(index));
  const numbers = accountNumbers(2 * count);
  const bankCustomers = people.map(({ name }, index) => ({
    name,
    note,
    accounts: ['Brukskonto', 'Sparekonto'].map((account, position) => ({
      name: account,
      accountNumber: numbers[2 * index + position] ?? '',
      balanceOere: openingOere,
      bank: bankOf(index).name,
    })),
  }));
  return { people: () => people, bankCustomers };
}
