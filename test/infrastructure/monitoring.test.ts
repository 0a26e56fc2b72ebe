import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createApp } from '#http/app.ts';
import { allJobs } from '#jobs/table.ts';
import { knownMetrics, metricPage } from '../../scripts/metric-reference.ts';
import { findPromtool } from '../../scripts/promtool.ts';
import { testContext } from '../support/context.ts';
import { dependenciesOf } from '../support/http-app.ts';
import { panels, rules, rulesPath } from './monitoring-files.ts';
import { askedBy, groupedBy, type Asked } from './promql.ts';

const ruleTestsPath = 'docs/infrastructure/prometheus/drop.rules.test.yml';
const targets = panels.flatMap((panel) => panel.targets);
const expressions = [...rules, ...targets].map(({ expr }) => expr);
const asked = expressions.flatMap(askedBy);

/** Labels that Prometheus adds itself. */
const added = ['instance', 'job'];

/** The labels of each series that a scrape or a recording rule has. */
async function knownSeries(): Promise<Map<string, readonly string[]>> {
  const scraped = (await knownMetrics()).flatMap(({ name, type, labels }) =>
    type === 'histogram'
      ? ['_bucket', '_sum', '_count'].map(
          (suffix) => [`${name}${suffix}`, [...labels, ...(suffix === '_bucket' ? ['le'] : [])]] as const,
        )
      : [[name, labels] as const],
  );
  const recorded = rules.flatMap(({ record, labels }) => {
    return record === undefined ? [] : [[record, Object.keys(labels)] as const];
  });
  return new Map([...scraped, ...recorded, ['up', []]]);
}

describe('the rules of Prometheus and the dashboard of Grafana', () => {
  test('read only metrics and labels that a scrape of Drop has', async () => {
    const known = await knownSeries();
    expect(asked.length).toBeGreaterThan(60);
    expect(asked.filter(({ metric }) => !known.has(metric)).map(({ metric }) => metric)).toEqual([]);
    const strange = asked.flatMap(({ metric, matched }) =>
      [...matched.keys()]
        .filter((label) => ![...(known.get(metric) ?? []), ...added].includes(label))
        .map((label) => `${metric} ${label}`),
    );
    expect(strange).toEqual([]);
  });

  test('group and join by labels of the metrics that they read', async () => {
    const known = await knownSeries();
    const strange = expressions.flatMap((expression) => {
      const labels = new Set(
        askedBy(expression).flatMap(({ metric }) => [...(known.get(metric) ?? []), 'le']),
      );
      return groupedBy(expression).filter((label) => !labels.has(label));
    });
    expect(strange).toEqual([]);
  });

  test('name in a legend only labels that the expression keeps', () => {
    const strange = targets.flatMap(({ expr, legendFormat }) => {
      const kept = [...groupedBy(expr), ...added];
      const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      return shown.filter((label) => !kept.includes(label)).map((label) => `${expr} ${label}`);
    });
    expect(strange).toEqual([]);
  });

  test('match only routes, jobs and objectives that there are', async () => {
    const app = createApp(dependenciesOf(await testContext()));
    const routes = app.routes.map(({ path }) => path);
    expectMatches('http_route', [...routes, 'page', 'unknown']);
    expectMatches('job_name', Object.keys(allJobs));
    expectMatches(
      'slo',
      rules.map(({ labels }) => labels['slo'] ?? ''),
    );
  });

  test('raise each alert under the title of its page in the runbook', () => {
    const alerts = rules.filter(({ alert }) => alert !== undefined);
    expect(alerts.length).toBeGreaterThan(10);
    for (const { alert, labels, annotations } of alerts) {
      const page = readFileSync(annotations['runbook_url'] ?? '', 'utf8');
      expect(page.split('\n')[0], alert).toBe(`# ${annotations['summary']}`);
      expect(['critical', 'warning'], alert).toContain(labels['severity']);
    }
  });
});

/** Each value that is matched, a pattern where it is one, is there. */
function expectMatches(label: string, known: readonly string[]): void {
  const values = asked.flatMap(({ matched }: Asked) => matched.get(label) ?? []);
  expect(values.length).toBeGreaterThan(0);
  const parts = values.flatMap((value) => alternativesOf(value));
  expect(parts.filter((part) => !known.some((name) => new RegExp(`^${part}$`).test(name)))).toEqual([]);
}

/** `a-(b|c)|d` → `a-b`, `a-c`, `d`. */
function alternativesOf(pattern: string): string[] {
  const [, before = '', group, after = ''] = /^([^(|]*)\(([^)]*)\)(.*)$/.exec(pattern) ?? [];
  if (group === undefined) return pattern.split('|');
  const [tail = '', ...others] = after.split('|');
  return [...group.split('|').map((each) => `${before}${each}${tail}`), ...others];
}

test.skipIf(process.platform !== 'linux')(
  'docs/metrics.md has every metric, as `npm run metric-reference` writes it on Linux',
  async () => {
    const { current, wanted } = await metricPage();
    expect(current).toBe(wanted);
  },
);

const promtool = findPromtool();
const skippedBecause =
  promtool === undefined
    ? ' (skipped: no promtool: on Debian, apt-get install prometheus, or set PROMTOOL_PATH)'
    : '';

describe.skipIf(promtool === undefined)(`promtool${skippedBecause}`, () => {
  test.each([
    ['the rules', ['check', 'rules', rulesPath]],
    ['the tests of the rules', ['test', 'rules', ruleTestsPath]],
  ])('passes %s', (_what, parameters) => {
    const { status, stdout, stderr } = spawnSync(promtool ?? '', parameters, { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });
});
