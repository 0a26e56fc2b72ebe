import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createSlackMock } from '#services/slack/mock.ts';
import { createErrorSpikeDetector } from './error-spike.ts';

function setUp() {
  const clock = new ManualClock();
  const alerts = createSlackMock();
  const detector = createErrorSpikeDetector({ clock, services: { alerts } });
  const record = (times: number): void => {
    for (let number = 0; number < times; number += 1) detector.record();
  };
  return { clock, alerts, record };
}

describe('the error spike', () => {
  test('five errors in 60 s are not one', () => {
    const { alerts, record } = setUp();
    record(5);
    expect(alerts.alerts()).toEqual([]);
  });

  test('the sixth error within 60 s is one', () => {
    const { clock, alerts, record } = setUp();
    record(5);
    clock.advance(59_999);
    record(1);
    expect(alerts.alerts()).toEqual([
      {
        severity: 'critical',
        title: 'Error spike detected',
        message: expect.stringMatching(/^6 errors in the last 60 seconds\. /) as unknown,
      },
    ]);
  });

  test('errors 60 s apart are not counted together', () => {
    const { clock, alerts, record } = setUp();
    record(5);
    clock.advance(60_000);
    record(5);
    expect(alerts.alerts()).toEqual([]);
  });

  test('many errors give one alert in 60 s', () => {
    const { clock, alerts, record } = setUp();
    record(50);
    clock.advance(59_999);
    record(50);
    expect(alerts.alerts()).toHaveLength(1);
  });

  test('errors that go on give another alert after 60 s, with what came since', () => {
    const { clock, alerts, record } = setUp();
    record(6);
    clock.advance(59_000);
    record(7);
    clock.advance(1_000);
    record(1);
    expect(alerts.alerts().map(({ message }) => message.split('. ')[0])).toEqual([
      '6 errors in the last 60 seconds',
      '8 errors in the last 60 seconds',
    ]);
  });

  test('a flood is counted up to a bound', () => {
    const { clock, alerts, record } = setUp();
    record(6);
    clock.advance(59_000);
    record(5_000);
    clock.advance(1_000);
    record(1);
    expect(alerts.alerts().at(-1)?.message).toMatch(/^995 errors in the last 60 seconds\. /);
  });
});
