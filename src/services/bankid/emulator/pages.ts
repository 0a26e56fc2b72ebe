import { html } from 'hono/html';
import type { Locale } from '#domain/locale.ts';
import { sandboxPage, type Html } from '#emulation/page.ts';
import type { BankIdPerson } from './person.ts';

const texts = {
  nb: {
    title: 'Hvem vil du logge inn som?',
    intro:
      'Dette er en etterligning av BankID. Personene finnes ikke, og du trenger verken kodebrikke eller passord.',
    born: 'Født',
    cancel: 'Avbryt',
    cancelNote: 'Tilbake uten å logge inn',
    faultTitle: 'Noe er galt med forespørselen',
    faultText: 'Personen sendes ikke tilbake, fordi BankID ikke vet hvem som spurte.',
  },
  en: {
    title: 'Who do you want to sign in as?',
    intro:
      'This imitates BankID. The people do not exist, and you need neither a code device nor a password.',
    born: 'Born',
    cancel: 'Cancel',
    cancelNote: 'Back without signing in',
    faultTitle: 'Something is wrong with the request',
    faultText: 'The person is not sent back, because BankID does not know who asked.',
  },
} as const;

/** One button for each person, with the name and the outcome. */
export function personPickerPage(options: {
  action: string;
  authorization: string;
  locale: 'nb' | 'en';
  people: readonly BankIdPerson[];
}): Html {
  const { action, authorization, locale, people } = options;
  const text = texts[locale];
  const buttons = people.map(
    ({ id, name, birthdate, note }) => html`
      <button name="person" value="${id}">
        <strong>${name}</strong>
        <span class="note">${note[locale]}</span>
        <span class="note">${text.born} ${birthdate}</span>
      </button>
    `,
  );
  return sandboxPage(
    'BankID',
    html`<h1>${text.title}</h1>
      <p>${text.intro}</p>
      <form method="post" action="${action}">
        <input type="hidden" name="authorization" value="${authorization}" />
        ${buttons}
        <button class="quiet" name="cancel" value="yes">
          ${text.cancel} <span class="note">${text.cancelNote}</span>
        </button>
      </form>`,
    { language: locale },
  );
}

/** The error page for a request whose client is not certain, so that the person cannot be redirected. */
export function faultPage(reason: string, language: Locale): Html {
  const { faultTitle, faultText } = texts[language];
  return sandboxPage(
    'BankID',
    html`<h1>${faultTitle}</h1>
      <p>${faultText}</p>
      <p lang="en"><code>${reason}</code></p>`,
    { language },
  );
}
