import type { Measured } from './report.ts';

/** A line of a plot: what was measured at each size. */
export interface Line {
  name: string;
  points: readonly { x: number; y: number }[];
}

/** One plot of `growth.json`, from which `docs/images/growth.svg` is drawn. */
export interface Plot {
  title: string;
  /** The unit of `x`; sizes are spread by their logarithm. */
  across: string;
  /** Then `x` is in milliseconds since 1970. */
  isOverTime?: boolean;
  /** The unit of `y`. */
  unit: string;
  lines: readonly Line[];
}

export interface Growth {
  /** `YYYY-MM-DD`. */
  measuredOn: string;
  plots: readonly Plot[];
}

/** How the subjects and readings of a comparison become lines: one for each reading, with a point for each subject. */
export interface PlotSource {
  comparison: string;
  plot: Omit<Plot, 'lines'>;
  /** The size that a subject stands for. */
  sizes: Readonly<Record<string, number>>;
  /** The name of a line, by the reading that it shows. */
  readings: Readonly<Record<string, string>>;
}

/** The plots of what was measured; one whose comparison was not measured stays as it was. */
export function growthOf(
  measured: readonly Measured[],
  sources: readonly PlotSource[],
  before: Growth | undefined,
): Growth {
  const plots = sources.flatMap((source) => {
    const found = measured.find(({ comparison }) => comparison.title === source.comparison);
    const kept = before?.plots.find(({ title }) => title === source.plot.title);
    return found ? [plotOf(found, source)] : kept ? [kept] : [];
  });
  return { measuredOn: new Date().toISOString().slice(0, 10), plots };
}

function plotOf({ rows }: Measured, { plot, sizes, readings }: PlotSource): Plot {
  const lines = Object.entries(readings).map(([reading, name]) => ({
    name,
    points: Object.entries(sizes).flatMap(([subject, x]) => {
      const row = rows.find((each) => each.subject === subject && each.reading === reading);
      return row ? [{ x, y: Number(row.median.toPrecision(3)) }] : [];
    }),
  }));
  return { ...plot, lines };
}
