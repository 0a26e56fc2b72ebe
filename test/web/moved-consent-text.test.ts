import { expect, test } from 'vitest';
import { enConsents } from '#customer/texts/en-consents.ts';
import { nbConsents } from '#customer/texts/nb-consents.ts';

test.each([
  ['One', 'Two', 'gjennom One i stedet for gjennom Two', 'through One instead of through Two'],
  ['One', null, 'gjennom One i stedet for direkte hos banken', 'through One instead of directly at the bank'],
  [null, 'Two', 'direkte hos banken i stedet for gjennom Two', 'directly at the bank instead of through Two'],
])('a move to %s from %s is one sentence in each language', (now, before, nb, en) => {
  expect(nbConsents.step.moved(now, before)).toContain(`leser Drop kontoene dine ${nb}. Det du har lagret`);
  expect(enConsents.step.moved(now, before)).toContain(`Drop reads your accounts ${en}. What you have saved`);
});
