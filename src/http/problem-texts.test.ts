import { expect, test } from 'vitest';
import { errorTable } from '#domain/errors.ts';
import { problemTexts } from './problem-texts.ts';

/** What reads the same in both languages. */
const alike = ['unsupported_media_type'];

test('there is a text for every error and none besides', () => {
  expect(Object.keys(problemTexts).toSorted()).toEqual(Object.keys(errorTable).toSorted());
});

test.each(Object.entries(problemTexts))(
  '%s is said in Norwegian and in English, in whole sentences',
  (code, text) => {
    for (const sentence of Object.values(text)) expect(sentence).toMatch(/^[\p{Lu}].*[.)]$/u);
    expect(text.nb === text.en).toBe(alike.includes(code));
  },
);
