import { expect, test } from 'vitest';
import { statementTexts } from '#usecases/documents/statement/texts.ts';
import { en } from '#customer/texts/en.ts';
import { nb } from '#customer/texts/nb.ts';

test.each([
  ['nb', nb.payments],
  ['en', en.payments],
] as const)('a statement in %s has the words for a status that the list has', (locale, list) => {
  const { status, dismissed } = statementTexts[locale];
  expect({ status, dismissed }).toEqual({ status: list.status, dismissed: list.dismissed });
});
