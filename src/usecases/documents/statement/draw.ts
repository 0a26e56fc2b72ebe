import type { StructureElement } from 'pdfkit';
import { turnOver, type Clock } from '#domain/clock.ts';
import { drawLine, drawPageFrames, styles } from '../draw-document.ts';
import { addBlock, drawArtifact, drawText, heightOf, makeRoom, margins, pageWidth } from '../layout.ts';
import type { Box, Canvas, TextStyle } from '../layout.ts';

/** A statement as it is read, before it is laid out. */
export interface StatementContent {
  title: string;
  /** Paragraphs above the table. */
  lines: readonly string[];
  columns: readonly [string, string, string, string];
  rows: readonly StatementRow[];
  note: string;
  pageOf: (page: number, pages: number) => string;
}

/** The cells of a payment, each of one or more lines; the first is the one that is looked for. */
export type StatementRow = readonly [string[], string[], string[], string[]];

const boxes: readonly Box[] = columnsOf([72, 208, 94, 85]);
const padding = 5;
/** After so many rows the process looks after its other requests: a row takes one or two milliseconds. */
const rowsAtOnce = 10;

const small: TextStyle = { ...styles.name, size: 9 };
const first: TextStyle = { ...styles.value, size: 10 };

/** Draws a statement: a title, a table with a header for each column, which each page repeats, and a note. */
export async function drawStatement(canvas: Canvas, content: StatementContent, clock: Clock): Promise<void> {
  const { pdf } = canvas;
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  addBlock(canvas, root, { tag: 'H1', text: content.title, style: styles.title, above: 0 });
  for (const text of content.lines)
    addBlock(canvas, root, { tag: 'P', text, style: styles.statement, above: 4 });
  if (content.rows.length > 0) await addTable(canvas, root, { ...content, clock });
  addBlock(canvas, root, { tag: 'P', text: content.note, style: styles.note, above: 18 });
  root.end();
  drawPageFrames(canvas, content);
}

async function addTable(
  canvas: Canvas,
  root: StructureElement,
  { columns, rows, clock }: StatementContent & { clock: Clock },
): Promise<void> {
  const { pdf } = canvas;
  pdf.y += 14;
  const table = pdf.struct('Table');
  root.add(table);
  const head = measured(
    canvas,
    columns.map((column) => [column]),
  );
  makeRoom(canvas, head.height + measured(canvas, rows[0] ?? []).height);
  addRow(canvas, table, { row: head, tag: 'TH' });
  for (const [index, cells] of rows.entries()) {
    if (index % rowsAtOnce === rowsAtOnce - 1) await turnOver(clock);
    const row = measured(canvas, cells);
    const { page } = pdf;
    makeRoom(canvas, row.height);
    if (pdf.page !== page) repeatHead(canvas, head);
    addRow(canvas, table, { row, tag: 'TD' });
  }
}

/** A line of a cell, `below` the top of its row. */
interface CellLine {
  text: string;
  style: TextStyle;
  box: Box;
  below: number;
}

/** A row with its height: to measure a text takes as long as to draw it. */
interface MeasuredRow {
  cells: readonly (readonly CellLine[])[];
  height: number;
}

function measured(canvas: Canvas, cells: readonly (readonly string[])[]): MeasuredRow {
  let height = 0;
  const lines = cells.map((texts, column) => {
    const box = boxes[column] ?? { x: margins.left, width: pageWidth };
    let below = padding;
    const cell = texts.map((text, index) => {
      const style = index === 0 ? first : small;
      const line = { text, style, box, below };
      below += heightOf(canvas, text, style, box);
      return line;
    });
    height = Math.max(height, below + padding);
    return cell;
  });
  return { cells: lines, height };
}

function addRow(
  canvas: Canvas,
  table: StructureElement,
  { row: { cells, height }, tag }: { row: MeasuredRow; tag: 'TH' | 'TD' },
): void {
  const { pdf } = canvas;
  const top = pdf.y;
  drawArtifact(canvas, 'Layout', () => drawLine(canvas, top));
  const row = pdf.struct('TR');
  table.add(row);
  for (const lines of cells) {
    const draw = (): void => drawLines(canvas, lines, top);
    row.add(pdf.struct(tag, tag === 'TH' ? { scope: 'Column' } : {}, [draw]));
  }
  row.end();
  pdf.y = top + height;
}

/** Assistive technology reads one table, whose head it knows already. */
function repeatHead(canvas: Canvas, { cells, height }: MeasuredRow): void {
  const top = canvas.pdf.y;
  drawArtifact(canvas, 'Pagination', () => {
    for (const lines of cells) drawLines(canvas, lines, top);
  });
  canvas.pdf.y = top + height;
}

function drawLines(canvas: Canvas, lines: readonly CellLine[], top: number): void {
  for (const { below, ...line } of lines) drawText(canvas, { ...line, y: top + below });
}

/** Columns beside each other; the last one, of amounts, ends at the right. */
function columnsOf(widths: readonly number[]): Box[] {
  const gap = (pageWidth - widths.reduce((sum, width) => sum + width, 0)) / (widths.length - 1);
  return widths.map((width, index) => {
    const before = widths.slice(0, index).reduce((sum, each) => sum + each + gap, 0);
    const x = margins.left + before;
    return index === widths.length - 1 ? { x, width, align: 'right' } : { x, width };
  });
}
