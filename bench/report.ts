import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { format } from 'prettier';
import { rounded, type Comparison, type Row } from './harness.ts';

export interface Measured {
  comparison: Comparison;
  rows: Row[];
}

/** A value that Drop wants to reach: of a subject's reading, at most `most`. */
export interface Target {
  what: string;
  title: string;
  subject: string;
  reading: string;
  most: number;
}

export interface Surroundings {
  startedAt: Date;
  loadBefore: number;
}

/** The results as a document. */
export async function report(
  measured: readonly Measured[],
  targets: readonly Target[],
  surroundings: Surroundings,
): Promise<string> {
  const parts = [introduction(surroundings), targetTable(measured, targets), ...measured.map(section)];
  return format(parts.join('\n\n'), { parser: 'markdown', printWidth: 110, proseWrap: 'always' });
}

function introduction({ startedAt, loadBefore }: Surroundings): string {
  const [processor] = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return `# Measurements

Written by \`bench/run.ts\`. Everything was measured in one run, the subjects in turn (A B A B …) after a warm-up. A
ratio is the median over the rounds of a subject's value by the baseline's in the same round. Compare ratios, not
absolute numbers of different machines. A load above the number of processors means that others used the machine
meanwhile, and that times are longer than they would be alone; processor time suffers least.

| | |
| --- | --- |
| Date | ${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC |
| Machine | ${cpus().length} × ${processor?.model.trim() ?? 'unknown'}, ${memoryGiB} GiB |
| System | ${platform()} ${release()} ${arch()} |
| Node | ${process.version} |
| Load (1 minute) | ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after |`;
}

function targetTable(measured: readonly Measured[], targets: readonly Target[]): string {
  const lines = targets.flatMap(({ what, title, subject, reading, most }) => {
    const found = measured.find(({ comparison }) => comparison.title === title);
    const row = found?.rows.find((each) => each.subject === subject && each.reading === reading);
    if (!found || !row) return [];
    const { unit } = found.comparison;
    const verdict = row.median <= most ? 'reached' : 'missed';
    return [
      `| ${what} | ${most} ${unit} | ${rounded(row.median)} ${unit} | ${rounded(row.min)} ${unit} | ${verdict} |`,
    ];
  });
  return [
    '## Targets',
    '',
    '| | At most | Median | Best | |',
    '| --- | --: | --: | --: | --- |',
    ...lines,
  ].join('\n');
}

function section({ comparison, rows }: Measured): string {
  const { title, method, unit, rounds, warmups } = comparison;
  const lines = rows.map(({ subject, reading, min, median, max, ratio }) => {
    const values = [min, median, max].map(rounded).join(' | ');
    return `| ${subject} | ${reading} | ${values} | ${ratio === undefined ? '' : ratio.toFixed(2)} |`;
  });
  const warm = warmups === 0 ? '' : `, after ${warmups} to warm up`;
  const measure = unit === '' ? '' : `; in ${unit}`;
  return `## ${title}

${method} Runs of each: ${rounds}${warm}${measure}.

| | | Min | Median | Max | Ratio |
| --- | --- | --: | --: | --: | --: |
${lines.join('\n')}`;
}
