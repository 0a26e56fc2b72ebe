import { describe, expect, test } from 'vitest';
import { readPaymentSearch } from './search.ts';

describe('the amount of a search', () => {
  test.each([
    ['450', 45_000, 45_099],
    ['450,50', 45_050, 45_050],
    ['450.50', 45_050, 45_050],
    ['450,5', 45_050, 45_050],
    ['450,-', 45_000, 45_000],
    ['1 250,50 kr', 125_050, 125_050],
    ['1.250,50', 125_050, 125_050],
    ['NOK 1,250.50', 125_050, 125_050],
    ['1,250', 125_000, 125_099],
    ['1.250', 125_000, 125_099],
  ])('is read from %s', (written, from, to) => {
    expect(readPaymentSearch(written)?.oere).toEqual({ from, to });
  });

  test.each(['Strøm', '1,25,0', '12345678903'])('is not read from %s', (written) => {
    expect(readPaymentSearch(written)?.oere).toBeUndefined();
  });
});

test.each([
  ['1503 20 80178', '15032080178'],
  ['1503.20.80178', '15032080178'],
  ['2345676', '2345676'],
  ['450.50', undefined],
  ['12', undefined],
])('the digits of %s are %s', (written, digits) => {
  expect(readPaymentSearch(written)?.digits).toBe(digits);
});

test('signs that keyboards insert are those that banks get', () => {
  expect(readPaymentSearch(' Jensen\u2019s  Bakeri \u2013 mai ')?.text).toBe("Jensen's Bakeri - mai");
});

test('nothing is searched for without a text', () => {
  expect(readPaymentSearch(' \u0000 ')).toBeUndefined();
});
