import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { Breaker, openMs, type BreakerState, type Verdict } from './breaker.ts';

function opened() {
  const clock = new ManualClock();
  const changes: BreakerState[] = [];
  const breaker = new Breaker(clock, (state) => changes.push(state));
  const pass = (verdict: Verdict): void => breaker.leave(breaker.enter(), verdict);
  const early = breaker.enter();
  for (let failure = 0; failure < 5; failure += 1) pass('failure');
  return { clock, breaker, changes, pass, early };
}

describe('a breaker', () => {
  test('reports every change that results from its own calls', () => {
    const { clock, changes, pass } = opened();
    clock.advance(openMs);
    pass('failure');
    clock.advance(openMs);
    pass('success');
    expect(changes).toEqual(['open', 'half_open', 'open', 'half_open', 'closed']);
  });

  test.each(['success', 'failure'] as const)('ignores a %s of a call from before it opened', (verdict) => {
    const { clock, breaker, early } = opened();
    clock.advance(openMs);
    const probe = breaker.enter();
    breaker.leave(early, verdict);
    expect(breaker.state).toBe('half_open');
    breaker.leave(probe, 'success');
    expect(breaker.state).toBe('closed');
  });

  test('lets the next call probe when the probe had no result', () => {
    const { clock, breaker, pass } = opened();
    clock.advance(openMs);
    pass('neither');
    expect(breaker.state).toBe('open');
    expect(breaker.waitMs()).toBe(0);
  });

  test('counts only consecutive failures, and a call without a result does not interrupt them', () => {
    const breaker = new Breaker(new ManualClock());
    const pass = (verdict: Verdict): void => breaker.leave(breaker.enter(), verdict);
    for (const verdict of ['failure', 'failure', 'failure', 'failure', 'success'] as const) pass(verdict);
    for (const verdict of ['failure', 'failure', 'neither', 'failure', 'failure'] as const) pass(verdict);
    expect(breaker.state).toBe('closed');
    pass('failure');
    expect(breaker.state).toBe('open');
  });

  test('opens on a report of another process, for a limited time, and does not report it again', () => {
    const clock = new ManualClock();
    const breaker = new Breaker(clock, () => expect.unreachable());
    breaker.openFor(3_600_000);
    expect(breaker.waitMs()).toBe(openMs + 1_000);
    breaker.close();
    expect(breaker.waitMs()).toBe(0);
  });

  test('keeps its count when another process reports that the provider answers', () => {
    const breaker = new Breaker(new ManualClock());
    for (let failure = 0; failure < 4; failure += 1) breaker.leave(breaker.enter(), 'failure');
    breaker.close();
    breaker.leave(breaker.enter(), 'failure');
    expect(breaker.state).toBe('open');
  });
});
