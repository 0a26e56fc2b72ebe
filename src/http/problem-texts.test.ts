import { expect, test } from 'vitest';
import { errorTable } from '#domain/errors.ts';
import { problemTexts } from './problem-texts.ts';

/** The texts that are the same in both languages. */
const alike = ['unsupported_media_type'];

test('every error code has a text, and no other code has one', () => {
  expect(Object.keys(problemTexts).toSorted()).toEqual(Object.keys(errorTable).toSorted());
});

test.each(Object.entries(problemTexts))(
  '%s has a text of whole sentences in Norwegian and in English',
  (code, text) => {
    for (const sentence of Object.values(text)) expect(sentence).toMatch(/^[\p{Lu}].*[.)]$/u);
    expect(text.nb === text.en).toBe(alike.includes(code));
  },
);
