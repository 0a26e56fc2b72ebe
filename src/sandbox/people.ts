import { isAccountNumber } from '#domain/banking/account-number.ts';
import { ageAt } from '#domain/identity/age.ts';
import { assert } from '#domain/errors.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import type { BankIdPerson } from '#services/bankid/emulator/person.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';

/** All people in the sandbox are made up. Their national identity numbers are synthetic (month + 80). */

interface Character {
  id: string;
  name: string;
  birthdate: string;
  kind?: 'd_number';
  outcome?: BankIdPerson['outcome'];
  note: { nb: string; en: string };
}

/** The people to choose at BankID, with the outcome of each. Two birthdates depend on `today`: 17 years, and 18. */
export function bankIdPeople(today: Date): BankIdPerson[] {
  return characters(today).map(({ id, name, birthdate, kind, outcome, note }, index) => ({
    id,
    name,
    birthdate,
    note,
    outcome: outcome ?? 'signs_in',
    nationalIdentityNumber: numberFor(birthdate, index, kind),
  }));
}

function characters(today: Date): Character[] {
  return [
    {
      id: 'kari',
      name: 'Kari Testnes',
      birthdate: '1988-04-12',
      note: { nb: 'Voksen. Alt går bra.', en: 'Adult. Everything works.' },
    },
    {
      id: 'ola',
      name: 'Ola Prøvdal',
      birthdate: '1974-11-30',
      note: { nb: 'Voksen. En kunde til.', en: 'Adult. A second customer.' },
    },
    {
      id: 'dina',
      name: 'Dina Sandvik',
      birthdate: '1991-07-05',
      kind: 'd_number',
      note: { nb: 'Voksen med D-nummer.', en: 'Adult with a D-number.' },
    },
    {
      id: 'atten',
      name: 'Atle Attenår',
      birthdate: birthdayYearsAgo(today, 18),
      note: { nb: 'Fyller 18 i dag. Blir logget inn.', en: 'Turns 18 today. Is signed in.' },
    },
    {
      id: 'sytten',
      name: 'Siri Syttenår',
      birthdate: birthdayYearsAgo(today, 17),
      note: { nb: 'Er 17 år. Blir ikke logget inn.', en: 'Is 17. Is not signed in.' },
    },
    {
      id: 'avbryter',
      name: 'Anders Avbryter',
      birthdate: '1969-01-20',
      outcome: 'cancels',
      note: { nb: 'Avbryter hos BankID.', en: 'Cancels at BankID.' },
    },
    {
      id: 'uten-nummer',
      name: 'Nora Nummerløs',
      birthdate: '1983-09-09',
      outcome: 'number_missing',
      note: {
        nb: 'BankID oppgir ikke fødselsnummer.',
        en: 'BankID does not return a national identity number.',
      },
    },
    {
      id: 'nede',
      name: 'Nils Nedetid',
      birthdate: '1979-03-03',
      outcome: 'unavailable',
      note: { nb: 'BankID er nede når han kommer tilbake.', en: 'BankID is down when he comes back.' },
    },
  ];
}

/** The birthdate of a person who turns `years` today, in Oslo. */
function birthdayYearsAgo(today: Date, years: number): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(today);
  const birthdate = `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
  // There may be no 29 February in that year: the 28th gives the same age.
  return ageAt(birthdate, today) === years && !birthdate.endsWith('-02-29')
    ? birthdate
    : `${birthdate.slice(0, 8)}28`;
}

/** The individual number encodes the century. A distance of 20 keeps the numbers of people with one birthday apart. */
function numberFor(birthdate: string, index: number, kind: 'd_number' | undefined): string {
  const first = birthdate < '2000' ? 10 : 510;
  return syntheticNationalIdentityNumber(birthdate, first + index * 20, kind);
}

/** The register number with which each sandbox bank's account numbers begin. */
const registers = {
  DNB: '1503',
  Nordea: '6021',
  Handelsbanken: '9041',
  'SpareBank 1': '9536',
  'Sbanken (DNB)': '9710',
};

type Account = Omit<SandboxBankCustomer['accounts'][number], 'accountNumber' | 'bank'>;

/** The same accounts at every bank, each with its own account number. */
function everywhere(serial: number, accounts: Account[]): SandboxBankCustomer['accounts'] {
  return Object.keys(registers).flatMap((bank) => at(bank as keyof typeof registers, serial, accounts));
}

function at(
  bank: keyof typeof registers,
  serial: number,
  accounts: Account[],
): SandboxBankCustomer['accounts'] {
  const register = registers[bank];
  return accounts.map((account, index) => ({
    ...account,
    bank,
    accountNumber: accountNumberFrom(register, serial + index),
  }));
}

/** One serial in eleven has no control digit: then a later serial, which no other account uses, is taken. */
function accountNumberFrom(register: string, serial: number): string {
  const serials = Array.from({ length: 9 }, (_, more) => serial + 100 * more);
  const candidates = serials.flatMap((each) =>
    [...'0123456789'].map((digit) => `${register}${each}${digit}`),
  );
  const found = candidates.find(isAccountNumber);
  assert(found !== undefined, 'one of nine serials has a control digit');
  return found;
}

/** The customers of the sandbox's banks. */
export const bankCustomers: readonly SandboxBankCustomer[] = [
  {
    name: 'Kari Testnes',
    note: {
      nb: 'God dekning: betalinger går gjennom.',
      en: 'Plenty of money: payments go through.',
    },
    accounts: everywhere(208_011, [
      { name: 'Brukskonto', balanceOere: 4_821_350 },
      { name: 'Sparekonto', balanceOere: 18_200_000, kind: 'savings' },
    ]),
  },
  {
    name: 'Ola Prøvdal',
    note: {
      nb: 'Lite på kontoen: betalinger over 120 kr avvises.',
      en: 'Little money: payments above NOK 120 are refused.',
    },
    accounts: [
      ...everywhere(208_013, [
        { name: 'Brukskonto', balanceOere: 12_000 },
        { name: 'Regningskonto med kreditt', balanceOere: 50_000, creditLimitOere: 3_000_000 },
      ]),
      // One bank is enough to see how other currencies and kinds are shown.
      ...at('Nordea', 208_020, [
        { name: 'Eurokonto', balanceOere: 75_050, currency: 'EUR' },
        { name: 'Kredittkort', balanceOere: -120_000, creditLimitOere: 2_000_000, kind: 'card' },
      ]),
    ],
  },
];
