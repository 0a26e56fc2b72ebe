import { expect, test } from 'vitest';
import { drop } from './program.ts';

const staging = { DROP_ENVIRONMENT: 'staging', NEXT_PUBLIC_SERVICE_MODE: 'mock', HOST: '127.0.0.1' };

test('without a failure the exit code is 0, and --json is one document', async () => {
  const { code, output, errors } = await drop(['doctor', '--json'], staging);
  expect([code, errors]).toEqual([0, '']);
  const report = JSON.parse(output) as { summary: Record<string, number>; findings: object[] };
  expect(report).toMatchObject({ environment: 'staging', isOnline: false, summary: { failed: 0 } });
  expect(report.findings[0]).toMatchObject({ severity: 'warning', area: expect.any(String) });
});

test('with a failure the exit code is 1, and the worst is told first, with what to do', async () => {
  const url = 'postgres://ida:helt-hemmelig@127.0.0.1:1/drop';
  const { code, output } = await drop(['doctor'], { ...staging, DATABASE_URL: url });
  expect(code).toBe(1);
  const [title, summary, , first, ...lines] = output.split('\n');
  expect(title).toMatch(/^Drop [\d.]+, staging$/);
  expect(summary).toMatch(/^\d+ failed, \d+ warning, \d+ skipped, \d+ ok$/);
  expect(first).toMatch(/^✗ database {7}server: DATABASE_URL leads to/);
  expect(lines.join(' ')).toContain('→ start the server, or correct');
  expect(output).not.toContain('helt-hemmelig');
});

test.each([[['--dkim-selector', 'not a name']], [['--everything']]])(
  'the wrong use %s ends with 2',
  async (parameters) => {
    expect((await drop(['doctor', ...parameters], staging)).code).toBe(2);
  },
);
