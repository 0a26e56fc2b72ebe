import { describe, expect, test } from 'vitest';
import { isLocale, localeFromHeader } from './locale.ts';

describe('localeFromHeader', () => {
  test.each([
    [undefined, 'nb'],
    ['', 'nb'],
    ['*', 'nb'],
    ['nb-NO,nb;q=0.9,no;q=0.8,en;q=0.7', 'nb'],
    ['en-GB,en;q=0.9,nb;q=0.8', 'en'],
    ['EN', 'en'],
    ['nn-NO', 'nb'],
    ['no', 'nb'],
    ['da, en', 'nb'],
    ['sv-SE', 'nb'],
    ['de-DE,de;q=0.9,en;q=0.8', 'en'],
    ['fr', 'nb'],
    ['en;q=0.5, nb', 'nb'],
    ['en;q=0, fr', 'nb'],
    ['enm', 'nb'],
    ['dav, en;q=0.1', 'en'],
    [';;,,=', 'nb'],
  ])('reads %j as %s', (header, locale) => {
    expect(localeFromHeader(header)).toBe(locale);
  });
});

test.each([
  ['nb', true],
  ['en', true],
  ['no', false],
  ['NB', false],
  [undefined, false],
  [1, false],
])('isLocale of %j is %s', (value, expected) => {
  expect(isLocale(value)).toBe(expected);
});
