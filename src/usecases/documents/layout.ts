import type { PDFDocument, StructureElement } from 'pdfkit';
import { withGlyphs, type DocumentFonts } from './fonts.ts';

/** In points, as every length here. */
export const margins = { top: 104, bottom: 72, left: 56, right: 56 };
export const pageWidth = 595.28 - margins.left - margins.right;

export const colours = { ink: '#1e2422', soft: '#4d5754', line: '#c9cfcc', fjord: '#0f4c43' } as const;

/** A document that is being written. */
export interface Canvas {
  pdf: PDFDocument;
  fonts: DocumentFonts;
}

export interface TextStyle {
  font: keyof DocumentFonts;
  size: number;
  colour: keyof typeof colours;
}

/** A box in which a text is wrapped at words, and inside a word that is longer than a line. */
export interface Box {
  x: number;
  width: number;
  /** Left unless given. */
  align?: 'right';
}

const wholeWidth: Box = { x: margins.left, width: pageWidth };

export function heightOf({ pdf, fonts }: Canvas, text: string, style: TextStyle, { width }: Box): number {
  return pdf.font(style.font, style.size).heightOfString(withGlyphs(text, fonts[style.font]), { width });
}

export interface PlacedText {
  text: string;
  style: TextStyle;
  box: Box;
  y: number;
}

/** Draws a text; what draws it must be in a marked content sequence. */
export function drawText({ pdf, fonts }: Canvas, { text, style, box, y }: PlacedText): void {
  pdf
    .font(style.font, style.size)
    .fillColor(colours[style.colour])
    .text(withGlyphs(text, fonts[style.font]), box.x, y, {
      width: box.width,
      ...(box.align && { align: box.align }),
    });
}

/** Begins a new page where less than `height` is left on this one. */
export function makeRoom({ pdf }: Canvas, height: number): void {
  if (pdf.y + height > pdf.page.height - margins.bottom) pdf.addPage();
}

/** Draws what assistive technology must pass over, such as a line (ISO 14289-1, 7.1). */
export function drawArtifact({ pdf }: Canvas, type: 'Pagination' | 'Layout', draw: () => void): void {
  pdf.markContent('Artifact', { type });
  draw();
  pdf.endMarkedContent();
}

/** Adds a paragraph or heading over the whole width, `above` below what stands before it. */
export function addBlock(
  canvas: Canvas,
  parent: StructureElement,
  { tag, text, style, above }: { tag: 'H1' | 'H2' | 'P'; text: string; style: TextStyle; above: number },
): void {
  const { pdf } = canvas;
  pdf.y += above;
  makeRoom(canvas, heightOf(canvas, text, style, wholeWidth));
  const { y } = pdf;
  parent.add(pdf.struct(tag, {}, [() => drawText(canvas, { text, style, box: wholeWidth, y })]));
}
