import { expect, test } from 'vitest';
import { isLocale, localeFromHeader } from './locale.ts';

test.each([
  [undefined, 'nb'],
  ['', 'nb'],
  ['en-GB,en;q=0.9', 'en'],
  ['nn-NO,nn;q=0.9,en;q=0.5', 'nb'],
  ['de, EN', 'en'],
  ['sv-SE, en', 'nb'],
  ['fr, de', 'nb'],
  ['nb;q=0.5, en', 'en'],
  ['en;q=0, fr', 'nb'],
  ['enm, dav', 'nb'],
  ['*', 'nb'],
  [';;,q=,', 'nb'],
])('Accept-Language "%s" gets %s', (header, locale) => {
  expect(localeFromHeader(header)).toBe(locale);
});

test.each(['no', 'NB', '', undefined, 1])('%s is not a supported locale', (value) => {
  expect(isLocale(value)).toBe(false);
});
