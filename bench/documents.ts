import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFDocument, type FontSource } from 'pdfkit';
import { contentOf, type DocumentContent } from '../src/usecases/documents/content.ts';
import { documentFonts } from '../src/usecases/documents/fonts.ts';
import { writePdf } from '../src/usecases/documents/write-pdf.ts';
import { settledPayment } from '../test/usecases/documents/settled-payment.ts';
import type { Comparison, Readings } from './harness.ts';

const documentCount = 60;

export const documentsTitle = 'Documents';
export const tagged = 'Drop: tagged, PDF/UA-1, as a table';
export const bareOfFiles = 'bare pdfkit: untagged, the fonts parsed for each';
const bareOfParsed = 'bare pdfkit: untagged, the fonts parsed once';

const content = contentOf('receipt', { ...settledPayment(), moment: new Date('2026-11-30T13:02:00Z') }, 'nb');

async function measured(write: (content: DocumentContent) => Promise<Buffer>): Promise<Readings> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  let bytes = 0;
  for (let count = 0; count < documentCount; count += 1) bytes = (await write(content)).byteLength;
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return {
    'PDFs/s': documentCount / seconds,
    'ms of processor a PDF': (user + system) / 1_000 / documentCount,
    'kB a PDF': bytes / 1_000,
  };
}

/** The same lines below each other, as pdfkit's guide writes text. */
async function writeBare(
  lines: DocumentContent,
  fonts: { regular: FontSource; bold: FontSource },
): Promise<Buffer> {
  const { title: Title, reference: Subject, date } = lines;
  const pdf = new PDFDocument({
    pdfVersion: '1.7',
    compress: false,
    bufferPages: false,
    font: '',
    size: 'A4',
    margins: { top: 72, bottom: 72, left: 72, right: 72 },
    info: { Title, Subject, Creator: 'bench', CreationDate: date, ModDate: date },
  });
  for (const name of ['regular', 'bold'] as const) pdf.registerFont(name, fonts[name]);
  pdf.font('bold', 24).text(lines.title, 72, 72, {});
  pdf.font('regular', 12).text(lines.statement, 72, pdf.y, {});
  for (const { heading, facts } of lines.sections) {
    pdf.font('bold', 12).text(heading, 72, pdf.y, {});
    for (const fact of facts) pdf.font('regular', 10).text(fact.join(' '), 72, pdf.y, {});
  }
  pdf.font('regular', 10).text(lines.note, 72, pdf.y, {});
  pdf.end();
  return Buffer.concat((await pdf.toArray()) as Uint8Array[]);
}

async function fontFiles(): Promise<{ regular: Buffer; bold: Buffer }> {
  const { resolve } = createRequire(import.meta.url);
  const family = '@expo-google-fonts/schibsted-grotesk';
  return {
    regular: await readFile(resolve(`${family}/400Regular/SchibstedGrotesk_400Regular.ttf`)),
    bold: await readFile(resolve(`${family}/600SemiBold/SchibstedGrotesk_600SemiBold.ttf`)),
  };
}

/** The cost of a receipt, beside pdfkit alone with the same words. */
export async function documentsBench({ rounds }: { rounds: number }): Promise<Comparison> {
  const [files, parsed] = [await fontFiles(), await documentFonts()];
  return {
    title: documentsTitle,
    method:
      `${documentCount} receipts of one payment, one after another in one process. The baseline writes the same ` +
      'words below each other, without structure, table or lines. Nothing is compressed.',
    unit: '',
    subjects: [
      { name: tagged, sample: () => measured(writePdf) },
      { name: bareOfFiles, sample: () => measured((lines) => writeBare(lines, files)) },
      { name: bareOfParsed, sample: () => measured((lines) => writeBare(lines, parsed)) },
    ],
    baseline: bareOfFiles,
    warmups: 1,
    rounds,
  };
}
