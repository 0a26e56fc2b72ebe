import type { FieldFault } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { problemTexts } from './problem-texts.ts';

type Words = Record<Locale, (fault: FieldFault) => string>;

/** The customer's texts for faults in fields, by code: the fault, and how to correct it. */
export const fieldTexts = {
  characters_not_carried: {
    nb: ({ characters }) =>
      characters && characters.length > 0
        ? `Banken kan ikke ta imot disse tegnene: ${characters.join(' ')}. Fjern dem eller skriv noe annet.`
        : 'Banken kan ikke ta imot alle tegnene.',
    en: ({ characters }) =>
      characters && characters.length > 0
        ? `The bank cannot carry these characters: ${characters.join(' ')}. Remove them or write something else.`
        : 'The bank cannot carry all of the characters.',
  },
  characters_hidden: {
    nb: () => 'Teksten har usynlige tegn. Slett den og skriv den på nytt.',
    en: () => 'The text has invisible characters. Clear it and type it again.',
  },
  text_too_long: {
    nb: ({ lengthMax }) => `Teksten kan ha høyst ${lengthMax} tegn. Kort den ned.`,
    en: ({ lengthMax }) => `The text can have ${lengthMax} characters at most. Shorten it.`,
  },
} as const satisfies Record<string, Words>;

/** The fault in the customer's language, where its message is a code. */
export function fieldMessage(fault: FieldFault, locale: Locale): string {
  const ofFields: Record<string, Words | undefined> = fieldTexts;
  const ofProblems: Record<string, Record<Locale, string> | undefined> = problemTexts;
  const { message } = fault;
  return ofFields[message]?.[locale](fault) ?? ofProblems[message]?.[locale] ?? message;
}
