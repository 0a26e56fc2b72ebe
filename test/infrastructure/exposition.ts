/** One line of a scrape. */
export interface Sample {
  metric: string;
  labels: ReadonlyMap<string, string>;
  value: number;
  /** The metric with its labels, as the line has them. */
  series: string;
}

const line = /^(\w+)(?:\{(.*)\})? (\S+)$/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The samples of Prometheus' text format. */
export function samplesOf(text: string): Sample[] {
  return text.split('\n').flatMap((each) => {
    const [, metric, labels = '', value] = line.exec(each) ?? [];
    if (metric === undefined) return [];
    const pairs = [...labels.matchAll(label)].map(([, name = '', text = '']) => [name, text] as const);
    const series = labels === '' ? metric : `${metric}{${labels}}`;
    return [{ metric, labels: new Map(pairs), value: Number(value), series }];
  });
}
