import { describe, expect, test } from 'vitest';
import { contentOf } from '#usecases/documents/content.ts';
import { writePdf } from '#usecases/documents/write-pdf.ts';
import { readPdf, type PdfNode } from '../../support/pdf.ts';
import { settledPayment } from './settled-payment.ts';

const moment = new Date('2026-11-30T13:02:00Z');
const content = contentOf('confirmation', { ...settledPayment(), moment }, 'nb');
/** A document of several pages: the longest payment has one. */
const long = {
  ...content,
  sections: Array.from({ length: 12 }, () => content.sections).flat(),
};

const nodesIn = (node: PdfNode): PdfNode[] => [node, ...node.children.flatMap(nodesIn)];

describe('a document follows PDF/UA-1 (ISO 14289-1):', () => {
  test('it says so, and has a title that is shown and a language (5, 7.1, 7.2)', async () => {
    const { catalogue, metadata, info } = readPdf(await writePdf(content));
    expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(metadata).toContain('<rdf:li xml:lang="x-default">Betalingsbekreftelse</rdf:li>');
    expect(info).toContain('/Title (Betalingsbekreftelse)');
    expect(catalogue).toMatch(/\/Lang \(nb-NO\)/);
    expect(catalogue).toMatch(/\/ViewerPreferences <<\s+\/DisplayDocTitle true/);
    expect(catalogue).toMatch(/\/MarkInfo <<\s+\/Marked true/);
  });

  test('in English its language is English', async () => {
    const english = contentOf('receipt', { ...settledPayment(), moment }, 'en');
    expect(readPdf(await writePdf(english)).catalogue).toMatch(/\/Lang \(en-GB\)/);
  });

  test.each([
    ['one page', content, 1],
    ['several pages', long, 9],
  ])('with %s, all content is marked, as part of the structure or as an artifact (7.1)', async (...row) => {
    const [, written, pageCount] = row;
    const { pages } = readPdf(await writePdf(written));
    expect(pages).toHaveLength(pageCount);
    for (const { lines } of pages) expect(unmarked(lines)).toEqual([]);
  });

  test('every marked content sequence belongs to one node of the structure (7.1)', async () => {
    const { pages, tree } = readPdf(await writePdf(long));
    const sequences = pages.flatMap(({ lines }) => lines.filter((line) => line.includes('/MCID')));
    const leaves = tree.flatMap(nodesIn).filter(({ children }) => children.length === 0);
    expect(leaves).toHaveLength(sequences.length);
    expect(leaves.filter(({ text }) => text === '')).toEqual([]);
  });

  test('its headings follow each other, and each row of a table has its header (7.4, 7.5)', async () => {
    const [root] = readPdf(await writePdf(content)).tree;
    expect(root?.tag).toBe('Document');
    const tags = root?.children.map(({ tag }) => tag);
    expect(tags).toEqual(['H1', 'P', ...content.sections.flatMap(() => ['H2', 'Table']), 'P']);
    const rows = (root?.children ?? []).flatMap((child) => (child.tag === 'Table' ? child.children : []));
    expect(rows).toHaveLength(content.sections.flatMap(({ facts }) => facts).length);
    for (const { tag, children } of rows) {
      expect([tag, ...children.map((cell) => [cell.tag, cell.scope])]).toEqual([
        ...['TR', ['TH', 'Row'], ['TD', undefined]],
      ]);
    }
  });

  test('its fonts are embedded, and their glyphs have characters (7.21)', async () => {
    const { objects } = readPdf(await writePdf(content));
    const fonts = objects.filter((object) => /\/Subtype \/Type0/.test(object));
    const described = objects.filter((object) => /\/Type \/FontDescriptor/.test(object));
    expect(fonts).toHaveLength(2);
    for (const font of fonts) expect(font).toMatch(/\/ToUnicode \d+ 0 R/);
    expect(described).toHaveLength(2);
    for (const descriptor of described) expect(descriptor).toMatch(/\/FontFile2 \d+ 0 R/);
    expect(objects.filter((object) => /\/BaseFont \/(Helvetica|Times|Courier)/.test(object))).toEqual([]);
  });
});

/** The operators that draw something outside of a marked content sequence, or inside of two. */
function unmarked(lines: readonly string[]): string[] {
  let depth = 0;
  return lines.filter((line) => {
    if (/ B(DC|MC)$/.test(line)) depth += 1;
    if (line === 'EMC') depth -= 1;
    return / TJ$|^[SsfF]\*?$/.test(line) && depth !== 1;
  });
}
