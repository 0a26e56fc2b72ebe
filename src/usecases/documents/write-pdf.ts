import type { PDFDocument } from 'pdfkit';
import type { DocumentContent } from './content.ts';
import { documentFonts, type DocumentFonts } from './fonts.ts';
import { drawDocument } from './draw-document.ts';
import { margins, type Canvas } from './layout.ts';

/** What the metadata of a PDF are made of. */
export type PdfIdentity = Pick<DocumentContent, 'title' | 'reference' | 'date' | 'language'>;

/** Writes a document as a PDF whose bytes depend on nothing but the content. */
export async function writePdf(content: DocumentContent): Promise<Buffer> {
  return makePdf(content, (canvas) => drawDocument(canvas, content));
}

/**
 * Makes a tagged PDF (PDF/UA-1, ISO 14289-1) of what `draw` draws. Its date is the PDF's only date, pdfkit derives the
 * file's id from the metadata, and streams are not compressed, because zlib's output differs between processors.
 */
export async function makePdf(
  { title: Title, reference: Subject, date, language }: PdfIdentity,
  draw: (canvas: Canvas) => void | Promise<void>,
): Promise<Buffer> {
  const { PDFDocument: Pdf } = await import('pdfkit');
  const fonts = await documentFonts();
  const pdf = new Pdf({
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    displayTitle: true,
    lang: language,
    compress: false,
    bufferPages: true,
    font: '',
    size: 'A4',
    margins,
    info: { Title, Subject, Creator: 'Drop', CreationDate: date, ModDate: date },
  });
  registerFonts(pdf, fonts);
  await draw({ pdf, fonts });
  pdf.end();
  return Buffer.concat((await pdf.toArray()) as Uint8Array[]);
}

function registerFonts(pdf: PDFDocument, { regular, bold }: DocumentFonts): void {
  pdf.registerFont('regular', regular);
  pdf.registerFont('bold', bold);
}
