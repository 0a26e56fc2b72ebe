// `npm run metric-reference`: writes the table of docs/metrics.md from the metrics themselves.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Metric } from 'prom-client';
import { systemClock } from '#domain/clock.ts';
import { createDatabaseReadings } from '#process/metrics/database-readings.ts';
import { createMetrics } from '#process/metrics/metrics.ts';
import { openStore } from '#store/database.ts';

const page = new URL('../docs/metrics.md', import.meta.url);
const begin = '<!-- begin: written by `npm run metric-reference` -->';
const end = '<!-- end -->';

export interface KnownMetric {
  name: string;
  /** `counter`, `gauge` or `histogram`. */
  type: string;
  labels: readonly string[];
  help: string;
}

/** prom-client's types do not tell of these. */
interface Described {
  name: string;
  help: string;
  labelNames?: readonly string[];
}

/** Every metric that `/metrics` of a process can show, by name. */
export async function knownMetrics(): Promise<KnownMetric[]> {
  // Nothing is read, so nothing connects.
  const store = openStore('postgres://127.0.0.1:1/none');
  const readings = createDatabaseReadings({ store, clock: systemClock, log: () => undefined });
  const sources = { outbounds: () => [], isHearing: () => true, droppedCalls: () => 0, readings };
  const registry = await createMetrics(sources).registry();
  const types = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, `${type}`]));
  await store.close();
  const metrics = registry.getMetricsAsArray() as unknown as (Metric & Described)[];
  const known = metrics.map(({ name, help, labelNames = [] }) => {
    return { name, help, labels: labelNames, type: types.get(name) ?? '' };
  });
  return known.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** The page as it is, and as it should be. */
export async function metricPage(): Promise<{ current: string; wanted: string }> {
  const current = readFileSync(page, 'utf8');
  const [before, rest] = current.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/metrics.md lacks ${begin} … ${end}`);
  const rows = (await knownMetrics()).map(({ name, type, labels, help }) => {
    const shown = labels.map((label) => `\`${label}\``).join(', ');
    return `| \`${name}\` | ${type} | ${shown} | ${help.replaceAll('|', '\\|')} |`;
  });
  const table = ['| Metric | Type | Labels | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const options = { ...(await resolveConfig(page)), parser: 'markdown' };
  return { current, wanted: await format(`${before}${begin}\n\n${table}\n\n${end}${after}`, options) };
}

if (import.meta.main) writeFileSync(page, (await metricPage()).wanted);
