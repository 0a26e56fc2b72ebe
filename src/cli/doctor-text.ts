import type { Report } from '#doctor/examine.ts';
import { severities, type Finding } from '#doctor/finding.ts';
import { plain } from './plain.ts';

const width = 60;
const hanging = ' '.repeat(17);
const marks: Record<Finding['severity'], string> = { failed: '✗', warning: '!', skipped: '-', ok: '✓' };

/** The report as lines of sixty columns, the worst first. */
export function reportText({ version, environment, isOnline, summary, findings }: Report): string {
  const counts = severities.map((severity) => `${summary[severity]} ${severity}`).join(', ');
  return [
    `Drop ${version}, ${environment}${isOnline ? ', online' : ''}`,
    counts,
    '',
    ...findings.flatMap(linesOf),
    '',
  ].join('\n');
}

function linesOf({ severity, area, subject, text, advice }: Finding): string[] {
  const lines = wrapped(`${marks[severity]} ${area.padEnd(14)} ${subject}: ${text}`);
  return advice === undefined ? lines : [...lines, ...wrapped(`${hanging}→ ${advice}`)];
}

/** A word that is longer than a line, such as an address, stays whole. */
function wrapped(text: string): string[] {
  return plain(text.replaceAll(/\s+/g, (gap) => (gap.includes('\n') ? ' ' : gap)))
    .split(/(?<=\S) /)
    .reduce<string[]>((lines, word) => {
      const line = lines.at(-1);
      if (line === undefined) return [word];
      if (line.length + 1 + word.length <= width) return [...lines.slice(0, -1), `${line} ${word}`];
      return [...lines, `${hanging}${word}`];
    }, []);
}
