// The parts of pdfkit 0.20 and fontkit 2 that Drop uses. Neither package has types of its own, and those of
// DefinitelyTyped describe pdfkit 0.17, without scopes of headers and parsed fonts.
declare module 'fontkit' {
  export interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  export function create(bytes: Uint8Array): Font;
}

declare module 'pdfkit' {
  import type { Readable } from 'node:stream';
  import type { Font } from 'fontkit';

  /** The bytes of a font file, or what fontkit parsed of them. */
  export type FontSource = Uint8Array | Font;

  export type StructureChild = StructureElement | (() => void);

  export interface StructureElement {
    add(child: StructureChild): this;
    end(): void;
  }

  export interface DocumentOptions {
    pdfVersion: '1.7';
    subset?: 'PDF/UA';
    tagged?: boolean;
    displayTitle?: boolean;
    lang?: string;
    compress: boolean;
    bufferPages: boolean;
    /** The name of the first font; empty for none. */
    font: string;
    size: 'A4';
    margins: { top: number; bottom: number; left: number; right: number };
    info: { Title: string; Subject: string; Creator: string; CreationDate: Date; ModDate: Date };
  }

  export interface PDFDocument extends Readable {
    y: number;
    page: { width: number; height: number };
    registerFont(name: string, font: FontSource): this;
    font(name: string, size: number): this;
    fillColor(color: string): this;
    strokeColor(color: string): this;
    lineWidth(width: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    stroke(): this;
    addPage(): this;
    switchToPage(index: number): unknown;
    bufferedPageRange(): { start: number; count: number };
    text(
      text: string,
      x: number,
      y: number,
      options: { width?: number; lineBreak?: boolean; align?: 'left' | 'right' },
    ): this;
    heightOfString(text: string, options: { width: number }): number;
    struct(
      type: string,
      options?: { scope?: 'Row' | 'Column' },
      children?: readonly StructureChild[],
    ): StructureElement;
    addStructure(element: StructureElement): this;
    markContent(tag: 'Artifact', options: { type: 'Pagination' | 'Layout' }): this;
    endMarkedContent(): this;
    end(): void;
  }

  export const PDFDocument: new (options: DocumentOptions) => PDFDocument;
}
