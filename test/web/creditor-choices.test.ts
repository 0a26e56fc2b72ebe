import { describe, expect, test } from 'vitest';
import { chosenNumber, creditorChoices, filledBy, ownAccountOf } from '#customer/pay/creditor-choices.ts';

const account = (name: string | null, accountNumber: string | null, bankName = 'DNB') => ({
  name,
  accountNumber,
  bankName,
  consentStatus: 'active' as const,
});
const current = account('Brukskonto', '15032080119');
const savings = account('Sparekonto', '15032080127');
const mother = { id: 'm', label: 'Mamma', name: 'Kari Hansen', accountNumber: '12345678903' };
const strom = { name: 'Strøm AS', accountNumber: '15032080178' };
type Known = Parameters<typeof creditorChoices>[0];
const known: Known = {
  accounts: [current, savings],
  creditors: { saved: [mother], recent: [strom] },
  from: current,
  ownName: 'Kari Testnes',
  unnamed: 'Konto',
};
const labels = (change: Partial<Known>) => {
  const { own, saved, recent } = creditorChoices({ ...known, ...change });
  return [own, saved, recent].map((group) => group.map(({ label }) => label));
};

describe('the form suggests', () => {
  test('own accounts, saved and recent recipients, each with its account number', () => {
    expect(labels({})).toEqual([
      ['Sparekonto, DNB, 1503 20 80127'],
      ['Mamma, Kari Hansen, 1234 56 78903'],
      ['Strøm AS, 1503 20 80178'],
    ]);
  });

  test('a name once, where the customer gave no other', () => {
    const saved = [{ ...mother, label: mother.name }];
    expect(labels({ creditors: { saved, recent: [] } })[1]).toEqual(['Kari Hansen, 1234 56 78903']);
  });

  test('the account that is paid from in no group', () => {
    const { accountNumber } = current;
    const creditors = {
      saved: [{ ...mother, accountNumber: accountNumber ?? '' }],
      recent: [{ ...strom, accountNumber: accountNumber ?? '' }],
    };
    expect(labels({ creditors })).toEqual([['Sparekonto, DNB, 1503 20 80127'], [], []]);
  });

  test('no account without a number, that is linked no longer, or a second time', () => {
    const gone = { ...account('Gammel', '12345678903'), consentStatus: 'revoked' as const };
    const accounts = [account('Kort', null), gone, savings, account('Sparekonto i euro', '15032080127')];
    expect(labels({ accounts })[0]).toEqual(['Sparekonto, DNB, 1503 20 80127']);
  });

  test('own accounts also before the recipients are known', () => {
    expect(labels({ creditors: undefined, accounts: [account(null, '15032080127')] })).toEqual([
      ['Konto, DNB, 1503 20 80127'],
      [],
      [],
    ]);
  });
});

describe('a choice', () => {
  test('fills in name and account number, and carries no KID over', () => {
    expect(filledBy({ label: 'x', ...strom })).toEqual({
      name: 'Strøm AS',
      accountNumber: '1503 20 80178',
      kid: '',
    });
  });

  test('of an own account fills in the customer’s own name', () => {
    expect(filledBy(creditorChoices(known).own[0])).toMatchObject({ name: 'Kari Testnes' });
  });

  test('of a new recipient empties both', () => {
    expect(filledBy(undefined)).toEqual({ name: '', accountNumber: '', kid: '' });
  });

  test('is shown for the number that is filled in, however it is typed, and for no other', () => {
    const chosen = (accountNumber: string, name = 'Kari Hansen') =>
      chosenNumber(creditorChoices(known), { accountNumber, name });
    expect(chosen('1234.56.78903')).toBe('12345678903');
    expect(chosen('1234 56')).toBe('');
    expect(chosen('')).toBe('');
  });

  test('is not shown for its account number with another name, or with none yet', () => {
    const typed = { accountNumber: '12345678903' };
    expect(chosenNumber(creditorChoices(known), { ...typed, name: 'Ola Hansen' })).toBe('');
    expect(chosenNumber(creditorChoices(known), { ...typed, name: '' })).toBe('');
  });

  test('of an own account is told from one of the same name by its bank', () => {
    const accounts = [account('Brukskonto', '15032080119'), account('Brukskonto', '60212080112', 'Nordea')];
    const { own } = creditorChoices({ ...known, accounts, from: savings });
    expect(own.map(({ short, bank }) => `${short}, ${bank}`)).toEqual([
      'Brukskonto, DNB',
      'Brukskonto, Nordea',
    ]);
  });
});

test('a payment goes to an own account where that is linked', () => {
  expect(ownAccountOf([current, savings], '15032080127')).toBe(savings);
  expect(ownAccountOf([current, savings], strom.accountNumber)).toBeUndefined();
  const ended = [{ ...savings, consentStatus: 'revoked' as const }];
  expect(ownAccountOf(ended, '15032080127')).toBeUndefined();
});
