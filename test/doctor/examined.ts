import { expect } from 'vitest';
import type { Environment } from '#configuration/environment.ts';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { examine, type ExaminationOptions } from '#doctor/examine.ts';
import type { Finding } from '#doctor/finding.ts';

/** Mocks on a machine of their own, without a database. */
export const staging: Environment = {
  DROP_ENVIRONMENT: 'staging',
  NEXT_PUBLIC_SERVICE_MODE: 'mock',
  HOST: '127.0.0.1',
  DROP_DATA_DIR: '/nonexistent/drop',
};

export interface Examined {
  findings: readonly Finding[];
  /** The finding of one subject. */
  of(area: Finding['area'], subject: string): Omit<Finding, 'area' | 'subject'> | undefined;
  /** Everything that was found, as `--json` prints it. */
  json: string;
}

/** What the doctor finds in an environment. */
export async function examined(
  environment: Environment,
  options: Partial<ExaminationOptions> = {},
): Promise<Examined> {
  const report = await examine({ clock: systemClock, entropy: systemEntropy, environment, ...options });
  return {
    findings: report.findings,
    json: JSON.stringify(report),
    of(area, subject) {
      const found = report.findings.find((finding) => finding.area === area && finding.subject === subject);
      if (found === undefined) return undefined;
      const { severity, text, advice } = found;
      return { severity, text, ...(advice !== undefined && { advice }) };
    },
  };
}

/** A finding of a severity, whose text holds `part`. */
export function found(severity: Finding['severity'], part: string): object {
  const advised = severity === 'failed' || severity === 'warning';
  const text = expect.stringContaining(part) as string;
  return advised ? { severity, text, advice: expect.any(String) as string } : { severity, text };
}
