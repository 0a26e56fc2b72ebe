import { expect, test } from 'vitest';
import { fieldMessage, fieldTexts } from './field-texts.ts';

const codes = Object.keys(fieldTexts);

test.each(codes)('%s is said in Norwegian and in English, in whole sentences', (message) => {
  const fault = { field: 'text', message, characters: ['ł'], lengthMax: 140 };
  const [nb, en] = [fieldMessage(fault, 'nb'), fieldMessage(fault, 'en')];
  for (const sentence of [nb, en]) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
  expect(nb).not.toBe(en);
});

test('a fault may be a code of a problem, and anything else is told as it is', () => {
  expect(fieldMessage({ field: 'kid', message: 'payment_kid_invalid' }, 'nb')).toMatch(/^KID/);
  expect(fieldMessage({ field: 'id', message: 'Invalid UUID' }, 'nb')).toBe('Invalid UUID');
});
