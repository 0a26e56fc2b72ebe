import { expect, test } from 'vitest';
import { maskEmailAddress, maskName } from './masks.ts';

test('a masked name has the initials only', () => {
  expect(maskName(' Kari  Åse Nordmann')).toBe('K••• Å••• N•••');
});

test('a masked address has one letter of its name', () => {
  expect(maskEmailAddress('kari.nordmann@example.com')).toBe('k•••@example.com');
});
