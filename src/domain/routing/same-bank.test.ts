import { expect, test } from 'vitest';
import { sameBankAmong } from './same-bank.ts';

const named = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));
const nameAmong = (name: string, own: string[], others: string[]): string | undefined =>
  sameBankAmong({ name }, named(...own), named(...others))?.name;

test('the only banks of a key at two providers are one, whatever their names', () => {
  expect(nameAmong('DNB', ['DNB'], ['DNB Bank ASA'])).toBe('DNB Bank ASA');
  expect(nameAmong('DNB', [], ['DNB Bank ASA'])).toBe('DNB Bank ASA');
  expect(nameAmong('DNB', ['DNB', 'dnb'], ['DNB Bank ASA'])).toBe('DNB Bank ASA');
});

test('brands with one key are told apart by name, however it is written', () => {
  expect(nameAmong('Sbanken', ['DNB', 'Sbanken'], ['DNB', 'SBANKEN'])).toBe('SBANKEN');
  expect(nameAmong('DNB', ['DNB'], ['Sbanken', 'DNB'])).toBe('DNB');
});

test('a brand that the other provider does not name is not there', () => {
  expect(nameAmong('Sbanken', ['DNB', 'Sbanken'], ['DNB Bank ASA'])).toBeUndefined();
  expect(nameAmong('DNB', ['DNB'], ['DNB Bank ASA', 'Sbanken'])).toBeUndefined();
  expect(nameAmong('DNB', ['DNB'], [])).toBeUndefined();
});
