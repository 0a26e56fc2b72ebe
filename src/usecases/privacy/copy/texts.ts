import type { Locale } from '#domain/locale.ts';
import { receiptsMax } from './receipts.ts';
import { nbColumns, nbTables } from './nb-words.ts';

interface CopyTexts {
  title: string;
  madeAt: string;
  intro: string;
  withheld: string;
  yes: string;
  no: string;
  /** The name of a table; `title` is that of the catalogue. */
  table(name: string, title: string): string;
  column(name: string): string;
}

/** The words of the readable part of a copy. */
export const copyTexts: Record<Locale, CopyTexts> = {
  nb: {
    title: 'Opplysningene dine i Drop',
    madeAt: 'Laget',
    intro:
      'Filen data.json har de samme opplysningene i en form som andre programmer kan lese. ' +
      `Har du kvitteringer, er de ${receiptsMax} nyeste i mappen kvitteringer, som PDF.`,
    withheld:
      'Kopien har ikke hemmelige nøkler, navn på ansatte eller opplysninger som loven ikke lar oss gi ut. ' +
      'Bilder og dokumenter fra identitetskontrollen er hos Sumsub; spør oss om dem.',
    yes: 'ja',
    no: 'nei',
    table: (name, title) => nbTables[name] ?? title,
    column: (name) => nbColumns[name] ?? name,
  },
  en: {
    title: 'Your data in Drop',
    madeAt: 'Made',
    intro:
      'The file data.json has the same data in a form that other programs can read. ' +
      `If you have receipts, the newest ${receiptsMax} are in the folder receipts, as PDFs.`,
    withheld:
      'The copy does not have secret keys, names of employees, or data that the law does not let us give out. ' +
      'Images and documents of the identity check are at Sumsub; ask us for them.',
    yes: 'yes',
    no: 'no',
    table: (_name, title) => title,
    column: (name) => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`,
  },
};
