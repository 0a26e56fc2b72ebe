import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCallError } from './call-error.ts';
import type { OutboundCall } from './outbound.ts';
import { Targets } from './target.ts';

const origins = ['https://api.example', 'http://localhost:8080'];
const targets = new Targets('test', origins);
const callTo = (url: string): OutboundCall => ({
  operation: 'test.act',
  method: 'GET',
  url,
  repeatable: true,
});

/** The result of a URL parser, which is authoritative. */
function parsed(url: string): { origin: string; path: string } | 'refused' {
  const { origin = '', pathname = '', search = '' } = URL.parse(url) ?? {};
  return origins.includes(origin) ? { origin, path: `${pathname}${search}` } : 'refused';
}

function found(url: string): { origin: string; path: string } | 'refused' {
  try {
    return targets.of(callTo(url));
  } catch (error) {
    if (isCallError(error, 'provider_refused')) return 'refused';
    throw error;
  }
}

const pieces = [
  '/',
  '.',
  '..',
  '?',
  '#',
  '%2e',
  '@',
  ':',
  '\\',
  ' ',
  'å',
  'a',
  '7',
  '"',
  "'",
  '|',
  '[',
  '\t',
  '&=+;~!$()*,',
];

test('an address is read as a URL parser reads it, with any text after the host', () => {
  const rest = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.constantFrom(...origins), rest, (origin, tail) => {
      const url = `${origin}${tail}`;
      expect(found(url)).toEqual(parsed(url));
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  'https://api.example.evil.example/',
  'https://api.example@evil.example/',
  'https://api.example:444/',
  'http://localhost:80801/',
  'https://api.example\\@evil.example/',
])('%s is not an address of the provider', (url) => {
  expect(found(url)).toEqual(parsed(url));
});
