import { delimiter, join } from 'node:path';
import { answers, installFromDebian, isExecutable } from './debian.ts';

/** The promtool for the tests of the rules: `PROMTOOL_PATH`, else the first on `PATH` that answers. */
export function findPromtool(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment['PROMTOOL_PATH'];
  if (given) return given;
  const candidates = (environment['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'promtool'));
  return candidates.find((path) => isExecutable(path) && answers(path));
}

/** Finds promtool or, where Debian's package can be installed without asking, installs it. */
export function ensurePromtool(): string | undefined {
  return findPromtool() ?? (installFromDebian('prometheus') ? findPromtool() : undefined);
}
