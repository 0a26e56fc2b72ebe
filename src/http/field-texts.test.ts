import { expect, test } from 'vitest';
import { fieldMessage, fieldTexts } from './field-texts.ts';

const codes = Object.keys(fieldTexts);

test.each(codes)('%s has a text of whole sentences in Norwegian and in English', (message) => {
  const fault = { field: 'text', message, characters: ['ł'], lengthMax: 140 };
  const [nb, en] = [fieldMessage(fault, 'nb'), fieldMessage(fault, 'en')];
  for (const sentence of [nb, en]) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
  expect(nb).not.toBe(en);
});

test('a fault may be an error code, and any other message is returned as it is', () => {
  expect(fieldMessage({ field: 'kid', message: 'payment_kid_invalid' }, 'nb')).toMatch(/^KID/);
  expect(fieldMessage({ field: 'id', message: 'Invalid UUID' }, 'nb')).toBe('Invalid UUID');
});
