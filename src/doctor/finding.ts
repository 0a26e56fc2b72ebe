import type { CheckVerdict } from '#services/definition.ts';

/** The areas that the doctor looks at, in the order in which they are shown. */
export const areas = [
  'configuration',
  'secrets',
  'database',
  'pooler',
  'announcements',
  'clock',
  'certificates',
  'services',
  'callbacks',
  'mail',
  'jobs',
  'audit',
] as const;

export type Area = (typeof areas)[number];

/** The severities, the worst first. */
export const severities = [
  'failed',
  'warning',
  'skipped',
  'ok',
] as const satisfies CheckVerdict['severity'][];

/** The verdict about one thing. */
export interface Finding extends CheckVerdict {
  area: Area;
  /** The thing: a variable, a service, a host, a job. */
  subject: string;
}

/** Something to look at. */
export interface Check {
  area: Area;
  subject: string;
  /** When `signal` aborts, the findings are not needed any more. Rejects when it cannot be looked at. */
  run(signal: AbortSignal): Promise<readonly Finding[]>;
}

/** A check with one finding. */
export function checkOf(
  area: Area,
  subject: string,
  run: (signal: AbortSignal) => Promise<CheckVerdict>,
): Check {
  return { area, subject, run: async (signal) => [{ area, subject, ...(await run(signal)) }] };
}

/** A check that is not carried out. */
export function skipped(area: Area, subject: string, text: string): Check {
  return checkOf(area, subject, async () => ({ severity: 'skipped', text }));
}

export const ok = (text: string): CheckVerdict => ({ severity: 'ok', text });
export const failed = (text: string, advice: string): CheckVerdict => ({ severity: 'failed', text, advice });
export const warning = (text: string, advice: string): CheckVerdict => {
  return { severity: 'warning', text, advice };
};
