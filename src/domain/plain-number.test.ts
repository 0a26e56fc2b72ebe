import { expect, test } from 'vitest';
import { plainNumber } from './plain-number.ts';

test.each([
  ['zero-width spaces and joiners', '1\u200b2\u200c3\u200d4\u20605\ufeff', '12345'],
  ['embeddings, overrides and isolates', '\u202a1\u202c\u202e2\u202c\u20663\u2069', '123'],
  ['marks of direction', '\u200e1\u200f2\u061c3', '123'],
  ['a soft hyphen', '12\u00ad34', '1234'],
  ['full-width digits and signs', '１２．３４－５', '12.34-5'],
  ['hyphens, dashes and the minus sign', '1\u20102\u20113\u20124\u20135\u20146\u22127', '1-2-3-4-5-6-7'],
])('%s are read as what they look like', (_case, text, plain) => {
  expect(plainNumber(text)).toBe(plain);
});

test.each(['1 250,50', '1\u00a0250\u202f000', '1250⁵⁰', '١٢٣', '½', 'NO93'])(
  '"%s" stays as it is',
  (text) => {
    expect(plainNumber(text)).toBe(text);
  },
);
