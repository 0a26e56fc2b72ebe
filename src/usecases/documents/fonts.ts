import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Font } from 'fontkit';

/** The fonts of the documents: those of the web app, with all Latin letters (Norwegian, Sami, Polish) in each file. */
export interface DocumentFonts {
  regular: Font;
  bold: Font;
}

let loading: Promise<DocumentFonts> | undefined;

/** The fonts, read and parsed once for each process: parsing takes twice as long as writing a document. */
export function documentFonts(): Promise<DocumentFonts> {
  return (loading ??= load());
}

async function load(): Promise<DocumentFonts> {
  const { create } = await import('fontkit');
  const family = '@expo-google-fonts/schibsted-grotesk';
  const { resolve } = createRequire(import.meta.url);
  const parsed = async (file: string): Promise<Font> => create(await readFile(resolve(`${family}/${file}`)));
  return {
    regular: await parsed('400Regular/SchibstedGrotesk_400Regular.ttf'),
    bold: await parsed('600SemiBold/SchibstedGrotesk_600SemiBold.ttf'),
  };
}

/** `text` with a question mark for each character without a glyph: PDF/UA-1 (7.21.8) forbids the glyph `.notdef`. */
export function withGlyphs(text: string, font: Font): string {
  return Array.from(text.normalize('NFC'), (character) =>
    font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) ? character : '?',
  ).join('');
}
