import type { StructureElement } from 'pdfkit';
import type { DocumentContent, Fact } from './content.ts';
import {
  addBlock,
  colours,
  drawArtifact,
  drawText,
  heightOf,
  makeRoom,
  margins,
  pageWidth,
  type Box,
  type Canvas,
  type TextStyle,
} from './layout.ts';

export const styles = {
  title: { font: 'bold', size: 24, colour: 'fjord' },
  statement: { font: 'regular', size: 12.5, colour: 'ink' },
  heading: { font: 'bold', size: 12, colour: 'fjord' },
  name: { font: 'regular', size: 10.5, colour: 'soft' },
  value: { font: 'bold', size: 10.5, colour: 'ink' },
  note: { font: 'regular', size: 10, colour: 'soft' },
} as const satisfies Record<string, TextStyle>;

const names: Box = { x: margins.left, width: 160 };
const values: Box = { x: names.x + names.width + 16, width: pageWidth - names.width - 16 };
/** Above and below the text of a row. */
const padding = 4.5;

/** Draws the whole document: a title, a table for each section with a header in each row, and a note. */
export function drawDocument(canvas: Canvas, content: DocumentContent): void {
  const { pdf } = canvas;
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  addBlock(canvas, root, { tag: 'H1', text: content.title, style: styles.title, above: 0 });
  addBlock(canvas, root, { tag: 'P', text: content.statement, style: styles.statement, above: 4 });
  for (const { heading, facts } of content.sections) addSection(canvas, root, { heading, facts });
  addBlock(canvas, root, { tag: 'P', text: content.note, style: styles.note, above: 18 });
  root.end();
  drawPageFrames(canvas, content);
}

function addSection(
  canvas: Canvas,
  root: StructureElement,
  { heading, facts }: { heading: string; facts: readonly Fact[] },
): void {
  const { pdf } = canvas;
  const [first = ['', '']] = facts;
  const headingHeight = 14 + heightOf(canvas, heading, styles.heading, names);
  // A heading is never alone at the end of a page.
  makeRoom(canvas, headingHeight + rowHeight(canvas, first));
  addBlock(canvas, root, { tag: 'H2', text: heading, style: styles.heading, above: 14 });
  pdf.y += 2;
  const table = pdf.struct('Table');
  root.add(table);
  for (const fact of facts) addRow(canvas, table, fact);
}

function addRow(canvas: Canvas, table: StructureElement, fact: Fact): void {
  const { pdf } = canvas;
  const [name, value] = fact;
  const height = rowHeight(canvas, fact);
  makeRoom(canvas, height);
  const top = pdf.y;
  drawArtifact(canvas, 'Layout', () => drawLine(canvas, top));
  const y = top + padding;
  const header = pdf.struct('TH', { scope: 'Row' }, [
    () => drawText(canvas, { text: name, style: styles.name, box: names, y }),
  ]);
  const cell = pdf.struct('TD', {}, [
    () => drawText(canvas, { text: value, style: styles.value, box: values, y }),
  ]);
  table.add(pdf.struct('TR', {}, [header, cell]));
  pdf.y = top + height;
}

function rowHeight(canvas: Canvas, [name, value]: Fact): number {
  const heights = [heightOf(canvas, name, styles.name, names), heightOf(canvas, value, styles.value, values)];
  return Math.max(...heights) + 2 * padding;
}

export function drawLine({ pdf }: Canvas, y: number): void {
  pdf
    .strokeColor(colours.line)
    .lineWidth(0.6)
    .moveTo(margins.left, y)
    .lineTo(margins.left + pageWidth, y)
    .stroke();
}

/** The name of the app above, and the number of the page below. */
export function drawPageFrames(canvas: Canvas, { pageOf }: Pick<DocumentContent, 'pageOf'>): void {
  const { pdf } = canvas;
  const { count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(index);
    drawArtifact(canvas, 'Pagination', () => {
      pdf.font('bold', 15).fillColor(colours.fjord).text('Drop', margins.left, 52, { lineBreak: false });
      pdf
        .font('regular', 9)
        .fillColor(colours.soft)
        .text(pageOf(index + 1, count), margins.left, pdf.page.height - 48, { lineBreak: false });
    });
  }
}
