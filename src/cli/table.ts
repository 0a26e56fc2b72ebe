import { plain } from './plain.ts';

/** A column of a list. */
export interface Column<Entry> {
  title: string;
  of(entry: Entry): string;
  /** The least width where there is room. */
  min?: number;
  /** Whether its cells end at the same place, as numbers do. */
  right?: true;
  /** On a narrow terminal the column with the highest number is left out first; without one it always stays. */
  spare?: number;
}

export interface Table<Entry> {
  head: string;
  lineOf(entry: Entry): string;
}

/** The titles and the lines of all entries. */
export function tableText<Entry>(columns: readonly Column<Entry>[], entries: readonly Entry[]): string {
  const { head, lineOf } = tableOf(columns, entries, process.stdout.columns);
  return head + entries.map(lineOf).join('');
}

const gap = '  ';

/**
 * A table with a line of titles, in which the cells of a column are as wide as the widest of `entries`. On a terminal
 * of `width` characters columns are left out until it fits, where enough of them may be.
 */
export function tableOf<Entry>(
  all: readonly Column<Entry>[],
  entries: readonly Entry[],
  width: number = Infinity,
): Table<Entry> {
  const widthOf = ({ title, of, min = 0 }: Column<Entry>): number =>
    Math.max(title.length, width === Infinity ? min : 0, ...entries.map((entry) => plain(of(entry)).length));
  const sized = fitting(
    all.map((column) => ({ ...column, width: widthOf(column) })),
    width,
  );
  const line = (cellOf: (column: Column<Entry>) => string): string => {
    const cells = sized.map((column) =>
      column.right === true
        ? plain(cellOf(column)).padStart(column.width)
        : plain(cellOf(column)).padEnd(column.width),
    );
    return `${cells.join(gap).trimEnd()}\n`;
  };
  return { head: line(({ title }) => title), lineOf: (entry) => line(({ of }) => of(entry)) };
}

function fitting<Sized extends { width: number; spare?: number }>(
  columns: readonly Sized[],
  width: number,
): readonly Sized[] {
  const total = columns.reduce((sum, column) => sum + column.width, gap.length * (columns.length - 1));
  const [first] = columns
    .filter(({ spare }) => spare !== undefined)
    .toSorted((a, b) => (b.spare ?? 0) - (a.spare ?? 0));
  if (total <= width || first === undefined) return columns;
  return fitting(
    columns.filter((column) => column !== first),
    width,
  );
}

/** Cells that are as wide as they are, as one line. */
export function lineOfCells(...cells: readonly string[]): string {
  return `${plain(cells.join(gap).trimEnd())}\n`;
}

/** For example `2026-11-24T10:30Z`. */
export function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16)}Z`;
}

/** For example `2026-11-24T10:30:00Z`. */
export function secondOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
