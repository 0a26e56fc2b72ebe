import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createBankDirectory } from './bank-directory.ts';

test('an empty list does not take the banks away that are known, and is soon asked for again', async () => {
  const clock = new ManualClock();
  const answers = [['dnb'], [], ['dnb', 'nordea']];
  const directory = createBankDirectory({
    provider: 'made-up',
    clock,
    load: async () => answers.shift() ?? [],
    idOf: (bank) => bank,
    log: () => undefined,
  });
  expect(await directory.list()).toEqual(['dnb']);
  clock.advance(3_600_000);
  expect(await directory.find('dnb')).toBe('dnb');
  clock.advance(60_000);
  expect(await directory.list()).toEqual(['dnb', 'nordea']);
});
