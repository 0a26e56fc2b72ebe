import { describe, expect, test } from 'vitest';
import { usualPaymentRules } from '#domain/banking/payment-rules.ts';
import { ManualClock } from '#domain/clock.ts';
import { banksSchema, createDirectBanks, directBanks } from './banks.ts';
import { toBank } from './map.ts';

const url = 'https://psd2.bank.example';
const parse = (banks: unknown) => banksSchema.parse(JSON.stringify(banks));

test('banks that follow one profile have names and addresses of their own', () => {
  const configured = parse([
    { profile: 'sparebank1', addresses: [{ url }] },
    { profile: 'sparebank1', id: 'smn', name: 'SpareBank 1 SMN', addresses: [{ url }] },
  ]);
  const banks = createDirectBanks(directBanks(configured, undefined), new ManualClock());
  expect(banks.list().map(({ id, name }) => [id, name])).toEqual([
    ['sparebank1', 'SpareBank 1'],
    ['smn', 'SpareBank 1 SMN'],
  ]);
  expect(banks.find('smn').reportsNoFundsAsAccp).toBe(true);
});

describe('an address that has an end', () => {
  const clock = new ManualClock(new Date('2026-12-31T22:59:59Z'));
  const addresses = [{ url: 'https://old.example', until: '2026-12-31' }, { url: 'https://new.example' }];

  test('serves through its last day in Norway, and then the next one does', () => {
    const banks = createDirectBanks(directBanks(parse([{ profile: 'dnb', addresses }]), undefined), clock);
    expect(banks.addressOf(banks.find('dnb'))).toBe('https://old.example');
    clock.advance(1_000);
    expect(banks.addressOf(banks.find('dnb'))).toBe('https://new.example');
  });

  test('takes the bank from the list where it is the last one', () => {
    const [ended] = addresses;
    const list = directBanks(parse([{ profile: 'dnb', addresses: [ended] }]), undefined);
    const banks = createDirectBanks(list, new ManualClock(new Date('2027-01-01T00:00:00Z')));
    expect(banks.list()).toEqual([]);
    const unknown = expect.objectContaining({ code: 'bank_unknown' });
    expect(() => banks.find('dnb')).toThrow(unknown);
  });
});

test.each([
  ['text', 'dnb', 'must be a list of banks in JSON'],
  ['a bank without an address', '[{"profile":"dnb","addresses":[]}]', 'must be a list of banks in JSON'],
  [
    'a last day that there is not',
    '[{"profile":"dnb","addresses":[{"url":"https://a.example","until":"31.12.2026"}]}]',
    '0.addresses.0.until: must be a day such as 2026-12-31',
  ],
  [
    'a profile that is not there',
    '[{"profile":"nordea","addresses":[{"url":"https://a.example"}]}]',
    'profiles',
  ],
  [
    'a bank twice',
    '[{"profile":"dnb","addresses":[{"url":"https://a.example"}]},' +
      '{"profile":"dnb","addresses":[{"url":"https://b.example"}]}]',
    'must name each bank once',
  ],
])('%s is refused, with the reason', (_what, text, problem) => {
  const [issue] = banksSchema.safeParse(text).error?.issues ?? [];
  expect(issue?.message).toContain(problem);
});

test('a bank that does not carry out what was approved takes no payments here', () => {
  const [bank] = directBanks([], 'https://gateway.example');
  if (bank === undefined) throw new RangeError('there is a bank');
  expect(toBank(bank)).toEqual({
    id: 'dnb',
    name: 'DNB',
    bic: 'DNBANOKK',
    maximumConsentValiditySeconds: 15_552_000,
    readsBalances: true,
    paymentBankId: 'dnb',
    paymentRules: {
      ...usualPaymentRules,
      textLengthMax: 108,
      takesInstant: true,
      daysAheadMax: 365,
      cancellation: 'any',
    },
  });
  expect(toBank({ ...bank, executesOnSca: false }).paymentBankId).toBeUndefined();
});
