import { expect, test } from 'vitest';
import { judgeClock, providerClocks } from './clock.ts';

test.each([
  [0, 'ok'],
  [2_000, 'ok'],
  [2_001, 'warning'],
  [-2_001, 'warning'],
  [30_000, 'warning'],
  [30_001, 'failed'],
  [-30_001, 'failed'],
])('a difference of %d ms is %s', (aheadMs, severity) => {
  expect(judgeClock({ name: 'x', aheadMs, uncertainMs: 0 }).severity).toBe(severity);
});

test('a difference that a slow answer can explain is none', () => {
  expect(judgeClock({ name: 'x', aheadMs: 31_000, uncertainMs: 30_000 }).severity).toBe('ok');
});

test('a provider is judged by its first answer, and one without a readable date is not', () => {
  const sentAtMs = Date.parse('2026-02-23T14:30:00Z');
  const answer = (provider: string, date: string) => ({ provider, date, sentAtMs, durationMs: 100 });
  const findings = providerClocks([
    answer('far', 'Mon, 23 Feb 2026 14:31:00 GMT'),
    answer('far', 'Mon, 23 Feb 2026 14:30:00 GMT'),
    answer('near', 'Mon, 23 Feb 2026 14:30:00 GMT'),
    answer('odd', 'yesterday'),
  ]);
  expect(findings.map(({ subject, severity }) => [subject, severity])).toEqual([
    ['far', 'failed'],
    ['near', 'ok'],
  ]);
  expect(findings[0]?.text).toContain('60 s behind that of far');
});
