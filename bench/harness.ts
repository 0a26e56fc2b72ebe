/** What one run of a subject gave, by the name of the reading. */
export type Readings = Readonly<Record<string, number>>;

export interface Subject {
  name: string;
  /** Runs once and says what it measured. */
  sample: () => Promise<Readings>;
}

export interface Comparison {
  title: string;
  /** How it was measured, for whoever reads the table. */
  method: string;
  unit: string;
  subjects: readonly Subject[];
  /** The subject that the others are set in relation to. */
  baseline: string;
  warmups: number;
  rounds: number;
}

export interface Row {
  subject: string;
  reading: string;
  min: number;
  median: number;
  max: number;
  /** Median over the rounds of this subject's value by the baseline's value of the same round. */
  ratio: number | undefined;
  /** Of each round. */
  values: readonly number[];
}

/**
 * Runs the subjects in turn, A B A B …, so that whatever else the machine does meanwhile falls on all of them. Ratios
 * are taken within a round for the same reason.
 */
export async function compare(comparison: Comparison, tell: (line: string) => void): Promise<Row[]> {
  const { subjects, warmups, rounds } = comparison;
  const kept = new Map<string, Readings[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 1 - warmups; round <= rounds; round += 1) {
    for (const { name, sample } of subjects) {
      const readings = await sample();
      if (round > 0) kept.get(name)?.push(readings);
      const shown = Object.entries(readings).map(([reading, value]) => `${reading} ${rounded(value)}`);
      tell(`${round > 0 ? `${round}/${rounds}` : 'warm-up'}  ${name}: ${shown.join(', ')}`);
    }
  }
  return subjects.flatMap(({ name }) =>
    rowsOf(name, kept.get(name) ?? [], kept.get(comparison.baseline) ?? []),
  );
}

function rowsOf(subject: string, samples: readonly Readings[], baseline: readonly Readings[]): Row[] {
  const readings = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
  return readings.map((reading) => {
    const values = samples.flatMap((sample) => sample[reading] ?? []);
    const ratios = samples.flatMap((sample, round) => ratioOf(sample[reading], baseline[round]?.[reading]));
    const isBaseline = samples === baseline;
    const ratio = isBaseline || ratios.length === 0 ? undefined : median(ratios);
    return {
      subject,
      reading,
      min: Math.min(...values),
      median: median(values),
      max: Math.max(...values),
      ratio,
      values,
    };
  });
}

function ratioOf(value: number | undefined, base: number | undefined): number[] {
  return value === undefined || base === undefined || base === 0 ? [] : [value / base];
}

/** The median over the rounds of `row` by `against`. */
export function ratioBetween(row: Row, against: Row): number {
  return median(row.values.flatMap((value, round) => ratioOf(value, against.values[round])));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Three significant digits, and no fewer than the whole part has. */
export function rounded(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
