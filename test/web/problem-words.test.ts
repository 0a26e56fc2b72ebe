import { expect, test } from 'vitest';
import { enProblems } from '#customer/texts/en-problems.ts';
import { kindOfError } from '#customer/shell/problem-kinds.ts';
import { nbProblems } from '#customer/texts/nb-problems.ts';
import { Unread } from '#kit/api/problem.ts';
import { problemTexts } from '#http/problem-texts.ts';

const languages = [
  ['nb', nbProblems],
  ['en', enProblems],
] as const;

test.each(languages)("the app's message for a code is the server's, in %s", (locale, { messages }) => {
  const server = Object.fromEntries(
    Object.entries(problemTexts).map(([code, text]: [string, Record<'nb' | 'en', string>]) => [
      code,
      text[locale],
    ]),
  );
  expect(server).toMatchObject(messages);
});

test.each(languages)(
  'no kind of problem promises a code or names customer service, which may have no address, in %s',
  (_, { kinds }) => {
    const texts = Object.values(kinds).flatMap((kind) => Object.values(kind));
    const promise =
      /feilkode|referanse|kundeservice|kontakt oss|error code|reference|customer service|contact us/i;
    expect(texts.filter((text) => promise.test(text))).toEqual([]);
  },
);

test.each(languages)('what cannot be read offline says nothing about what was sent, in %s', (_, problems) => {
  const error = new Unread('no answer', { isOffline: true, cause: undefined });
  expect(kindOfError(error)).toBe('offlineUnread');
  expect(Object.values(problems.kinds.offlineUnread).join(' ')).not.toMatch(/send|sent/);
});

test.each(languages)('a payment alike is said to be started, not to be paid, in %s', (_, problems) => {
  const texts = [...Object.values(problems.kinds.paymentRepeated), problems.messages.payment_repeated];
  expect(texts.join(' ')).not.toMatch(/du har (nettopp )?betalt|du betalte|you (have just )?paid/i);
});
