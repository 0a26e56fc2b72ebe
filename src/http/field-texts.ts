import type { FieldFault } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { problemTexts } from './problem-texts.ts';

type Words = Record<Locale, (fault: FieldFault) => string>;

/** The customer's text for each fault code of a field: the fault and how to correct it. */
export const fieldTexts = {
  characters_not_carried: {
    nb: ({ characters }) =>
      characters && characters.length > 0
        ? `Banken kan ikke ta imot disse tegnene: ${characters.join(' ')}. Fjern dem eller skriv noe annet.`
        : 'Banken kan ikke ta imot alle tegnene. Bruk vanlige bokstaver, sifre og skilletegn.',
    en: ({ characters }) =>
      characters && characters.length > 0
        ? `The bank cannot accept these characters: ${characters.join(' ')}. Remove or replace them.`
        : 'The bank cannot accept some of the characters. Use ordinary letters, digits and punctuation.',
  },
  characters_hidden: {
    nb: () => 'Teksten har usynlige tegn. Slett den og skriv den på nytt.',
    en: () => 'The text contains invisible characters. Delete it and type it again.',
  },
  text_too_long: {
    nb: ({ lengthMax }) => `Teksten kan ha høyst ${lengthMax} tegn. Kort den ned.`,
    en: ({ lengthMax }) => `The text must be ${lengthMax} characters or fewer. Shorten it.`,
  },
  instant_not_taken: {
    nb: () => 'Banken tar ikke imot straksbetalinger herfra.',
    en: () => 'The bank does not take instant payments from here.',
  },
  instant_with_kid: {
    nb: () => 'En betaling med KID kan ikke være en straksbetaling.',
    en: () => 'A payment with a KID cannot be instant.',
  },
  instant_amount_too_large: {
    nb: () => 'Beløpet er for stort for en straksbetaling.',
    en: () => 'The amount is too large for an instant payment.',
  },
  execution_date_not_taken: {
    nb: () => 'Banken tar ikke imot betalinger med dato herfra.',
    en: () => 'The bank does not take payments for a later day from here.',
  },
  execution_date_not_future: {
    nb: () => 'Velg en dato etter i dag.',
    en: () => 'Choose a date after today.',
  },
  execution_date_too_far: {
    nb: () => 'Banken tar ikke imot betalinger så langt fram. Velg en tidligere dato.',
    en: () => 'The bank does not take payments that far ahead. Choose an earlier date.',
  },
  execution_date_with_instant: {
    nb: () => 'En straksbetaling kan ikke ha en dato.',
    en: () => 'An instant payment cannot have a date.',
  },
  email_malformed: {
    nb: () => 'Skriv e-postadressen slik: navn@eksempel.no.',
    en: () => 'Enter the e-mail address like this: name@example.com.',
  },
  email_too_long: {
    nb: ({ lengthMax }) => `En e-postadresse kan ha høyst ${lengthMax} tegn.`,
    en: ({ lengthMax }) => `An e-mail address can have at most ${lengthMax} characters.`,
  },
  email_local_part_not_ascii: {
    nb: () =>
      'Vi kan ikke sende e-post til adresser med æ, ø, å eller andre spesialtegn foran krøllalfa (@).',
    en: () => 'We cannot send e-mail to addresses with letters such as æ, ø or å before the @ sign.',
  },
} as const satisfies Record<string, Words>;

/** The text of `fault` in the customer's language. A message that is not a code is returned as it is. */
export function fieldMessage(fault: FieldFault, locale: Locale): string {
  const ofFields: Record<string, Words | undefined> = fieldTexts;
  const ofProblems: Record<string, Record<Locale, string> | undefined> = problemTexts;
  const { message } = fault;
  return ofFields[message]?.[locale](fault) ?? ofProblems[message]?.[locale] ?? message;
}
