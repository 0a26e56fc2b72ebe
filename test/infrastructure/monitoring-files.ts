import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

export const rulesPath = 'docs/infrastructure/prometheus/drop.rules.yml';

const texts = z.record(z.string(), z.string()).default({});
const rule = z.object({
  record: z.string().optional(),
  alert: z.string().optional(),
  expr: z.string(),
  labels: texts,
  annotations: texts,
});

/** The recording rules and alerts of Prometheus. */
export const rules = z
  .object({ groups: z.array(z.object({ rules: z.array(rule) })) })
  .parse(parse(readFileSync(rulesPath, 'utf8')))
  .groups.flatMap((group) => group.rules);

const target = z.object({ expr: z.string(), legendFormat: z.string() });
const panel = z.object({ title: z.string(), targets: z.array(target).default([]) });

/** The panels of the dashboard of Grafana. */
export const { panels } = z
  .object({ panels: z.array(panel) })
  .parse(JSON.parse(readFileSync('docs/infrastructure/grafana/drop.json', 'utf8')));
