import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { format } from 'prettier';
import { ratioBetween, rounded, type Comparison, type Row } from './harness.ts';

export interface Measured {
  comparison: Comparison;
  rows: Row[];
}

/**
 * What Drop wants to reach: a reading of a subject, or its ratio to `against`'s in the same round; at most or at least
 * `bound`.
 */
export interface Target {
  what: string;
  title: string;
  subject: string;
  against?: string;
  reading: string;
  bound: number;
  at: 'most' | 'least';
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
  return [
    '## Targets',
    '',
    '| | Wanted | Median | Best | |',
    '| --- | --- | --: | --: | --- |',
    ...targets.flatMap((target) => targetLine(measured, target)),
  ].join('\n');
}

function targetLine(measured: readonly Measured[], target: Target): string[] {
  const found = measured.find(({ comparison }) => comparison.title === target.title);
  const rowOf = (subject: string): Row | undefined =>
    found?.rows.find((row) => row.subject === subject && row.reading === target.reading);
  const row = rowOf(target.subject);
  const against = target.against === undefined ? undefined : rowOf(target.against);
  if (!found || !row || (target.against !== undefined && !against)) return [];
  const { unit } = found.comparison;
  const show = (value: number): string =>
    (against ? `${value.toFixed(2)} ×` : `${rounded(value)} ${unit}`).trim();
  const value = against ? ratioBetween(row, against) : row.median;
  const best = target.at === 'most' ? row.min : row.max;
  const isReached = target.at === 'most' ? value <= target.bound : value >= target.bound;
  const bound = against ? `${target.bound} ×` : `${target.bound} ${unit}`.trim();
  const verdict = isReached ? 'reached' : 'missed';
  const shownBest = against ? '' : show(best);
  return [`| ${target.what} | at ${target.at} ${bound} | ${show(value)} | ${shownBest} | ${verdict} |`];
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
