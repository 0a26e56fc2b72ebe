import { expect, test } from 'vitest';
import type { Report } from '#doctor/examine.ts';
import { reportText } from './doctor-text.ts';

const report: Report = {
  version: '1.2.3',
  environment: 'production',
  isOnline: true,
  summary: { failed: 1, warning: 0, skipped: 0, ok: 1 },
  findings: [
    {
      area: 'services',
      subject: 'Bank',
      severity: 'failed',
      text: 'refused:\n  the certificate of the connection \u001b[31mhas ended, and nothing else was asked',
      advice: 'put a valid certificate in the place of the one that has ended, and try again',
    },
    { area: 'jobs', subject: 'processes', severity: 'ok', text: '1 of version 1.2.3' },
  ],
};

test('a report has sixty columns, no control characters, and what to do under each finding', () => {
  const text = reportText(report);
  expect(text).toBe(
    [
      'Drop 1.2.3, production, online',
      '1 failed, 0 warning, 0 skipped, 1 ok',
      '',
      '✗ services       Bank: refused: the certificate of the',
      '                 connection ?[31mhas ended, and nothing else',
      '                 was asked',
      '                 → put a valid certificate in the place of',
      '                 the one that has ended, and try again',
      '✓ jobs           processes: 1 of version 1.2.3',
      '',
    ].join('\n'),
  );
});
