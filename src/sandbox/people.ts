import { isAccountNumber } from '#domain/banking/account-number.ts';
import { ageAt } from '#domain/identity/age.ts';
import { assert } from '#domain/errors.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import type { BankIdPerson } from '#services/bankid/emulator/person.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';

/** Everybody in the sandbox is made up; their numbers are synthetic (month + 80). */

interface Character {
  id: string;
  name: string;
  birthdate: string;
  kind?: 'd_number';
  outcome?: BankIdPerson['outcome'];
  note: { nb: string; en: string };
}

/** Who can be chosen at BankID, and what each of them does. `today` decides who is 17 and who turns 18. */
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
      note: { nb: 'Voksen. Enda en kunde.', en: 'Adult. Another customer.' },
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
      note: { nb: 'Fyller 18 i dag. Slipper inn.', en: 'Turns 18 today. Gets in.' },
    },
    {
      id: 'sytten',
      name: 'Siri Syttenår',
      birthdate: birthdayYearsAgo(today, 17),
      note: { nb: 'Er 17 år. Slipper ikke inn.', en: 'Is 17. Does not get in.' },
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
      note: { nb: 'BankID oppgir ikke fødselsnummer.', en: 'BankID gives no national identity number.' },
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

/** The date in Oslo on which somebody who is `years` old today was born, today being the birthday. */
function birthdayYearsAgo(today: Date, years: number): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(today);
  const birthdate = `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
  // Born on a 29 February that was not: the day before will do, and keeps the age.
  return ageAt(birthdate, today) === years && !birthdate.endsWith('-02-29')
    ? birthdate
    : `${birthdate.slice(0, 8)}28`;
}

/** Individual numbers tell the century; twenty apart, people of one birthday do not share a number. */
function numberFor(birthdate: string, index: number, kind: 'd_number' | undefined): string {
  const first = birthdate < '2000' ? 10 : 510;
  return syntheticNationalIdentityNumber(birthdate, first + index * 20, kind);
}

/** The sandbox's banks, by the register number that their account numbers begin with. */
const registers = {
  DNB: '1503',
  Nordea: '6021',
  Handelsbanken: '9041',
  'SpareBank 1': '9536',
  'Sbanken (DNB)': '9710',
};

type Account = Omit<SandboxBankCustomer['accounts'][number], 'accountNumber' | 'bank'>;

/** Everybody banks everywhere, with the same kinds of accounts and, as in life, other numbers. */
function everywhere(serial: number, accounts: Account[]): SandboxBankCustomer['accounts'] {
  return Object.entries(registers).flatMap(([bank, register]) =>
    accounts.map((account, index) => ({
      ...account,
      bank,
      accountNumber: accountNumberFrom(register, serial + index),
    })),
  );
}

/** Every eleventh serial has no control digit: then a later one, which is nobody else's, is taken. */
function accountNumberFrom(register: string, serial: number): string {
  const serials = Array.from({ length: 9 }, (_, more) => serial + 100 * more);
  const candidates = serials.flatMap((each) =>
    [...'0123456789'].map((digit) => `${register}${each}${digit}`),
  );
  const found = candidates.find(isAccountNumber);
  assert(found !== undefined, 'one of nine serials has a control digit');
  return found;
}

/** Who has accounts at the sandbox's banks. */
export const bankCustomers: readonly SandboxBankCustomer[] = [
  {
    name: 'Kari Testnes',
    note: 'God råd: betalinger går gjennom.',
    accounts: everywhere(208_011, [
      { name: 'Brukskonto', balanceOere: 4_821_350 },
      { name: 'Sparekonto', balanceOere: 18_200_000 },
    ]),
  },
  {
    name: 'Ola Prøvdal',
    note: 'Lite på konto: betalinger over 120 kr stanses.',
    accounts: everywhere(208_013, [
      { name: 'Brukskonto', balanceOere: 12_000 },
      { name: 'Regningskonto med kreditt', balanceOere: 50_000, creditLimitOere: 3_000_000 },
    ]),
  },
];
