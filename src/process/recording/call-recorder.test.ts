import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import type { RecordedCall } from '#domain/recorded-call.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import { createCallRecorder } from './call-recorder.ts';

function attempt(more: Partial<OutboundAttempt> = {}): OutboundAttempt {
  return {
    provider: 'test',
    scope: undefined,
    operation: 'test.act',
    attempt: 1,
    method: 'POST',
    origin: 'https://api.example',
    startedAt: new Date('2026-02-23T14:30:00Z'),
    durationMs: 7,
    status: 200,
    errorCode: undefined,
    judgement: undefined,
    refusedBy: undefined,
    requestBody: undefined,
    response: undefined,
    traceparent: undefined,
    ids: { requestId: 'r-1' },
    ...more,
  };
}

function start(write?: (calls: RecordedCall[]) => Promise<void>) {
  const clock = new ManualClock();
  const batches: RecordedCall[][] = [];
  const failures: number[] = [];
  const keep = async (calls: RecordedCall[]): Promise<void> => void batches.push(calls);
  const recorder = createCallRecorder({
    clock,
    write: write ?? keep,
    onFailure: (_error, dropped) => failures.push(dropped),
  });
  return { clock, batches, failures, recorder };
}

describe('the record of calls', () => {
  test('is written as one batch, a second after the first call', async () => {
    const { clock, batches, recorder } = start();
    recorder.record(attempt(), {});
    clock.advance(999);
    recorder.record(attempt({ attempt: 2 }), {});
    expect(batches).toEqual([]);
    clock.advance(1);
    await recorder.flush();
    expect(batches.map((batch) => batch.map((call) => call.attempt))).toEqual([[1, 2]]);
  });

  test('is written in batches of a hundred, and completely before the process ends', async () => {
    const { batches, recorder } = start();
    for (let number = 0; number < 250; number += 1) recorder.record(attempt(), {});
    await recorder.flush();
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  test('stops growing while the database does not accept it, and counts the dropped calls', async () => {
    const stuck = Promise.withResolvers<undefined>();
    const { recorder } = start(async () => stuck.promise);
    const flushing = recorder.flush();
    for (let number = 0; number < 2_100; number += 1) recorder.record(attempt(), {});
    expect(recorder.dropped).toBe(100);
    stuck.resolve(undefined);
    await flushing;
    await recorder.flush();
    recorder.record(attempt(), {});
    expect(recorder.dropped).toBe(100);
  });

  test('holds no more than the maximum bytes of bodies until they are written', async () => {
    const { recorder } = start();
    const requestBody = 'x'.repeat(1_048_576);
    for (let number = 0; number < 12; number += 1) recorder.record(attempt({ requestBody }), {});
    expect(recorder.dropped).toBe(4);
    await recorder.flush();
    for (let number = 0; number < 8; number += 1) recorder.record(attempt({ requestBody }), {});
    expect(recorder.dropped).toBe(4);
  });

  test('drops and counts a batch that cannot be written, and writes the next', async () => {
    let isDown = true;
    const { recorder, failures } = start(async () => {
      if (isDown) throw new Error('down');
    });
    recorder.record(attempt(), {});
    await recorder.flush();
    expect(failures).toEqual([1]);
    isDown = false;
    recorder.record(attempt(), {});
    await recorder.flush();
    expect(recorder.dropped).toBe(1);
  });

  test('also writes a call that arrives during a write', async () => {
    const { clock, recorder, batches } = start();
    recorder.record(attempt(), {});
    const flushing = recorder.flush();
    recorder.record(attempt(), {});
    await flushing;
    clock.advance(1_000);
    await recorder.flush();
    expect(batches.flat()).toHaveLength(2);
  });

  test('says that the bank failed also where the status does not', async () => {
    const { recorder, batches } = start();
    recorder.record(attempt({ status: 400, judgement: { failure: 'scope', providerCode: 'BANK_DOWN' } }), {});
    recorder.record(attempt({ status: 400, judgement: { failure: undefined } }), {});
    await recorder.flush();
    expect(batches.flat().map(({ failure }) => failure)).toEqual(['scope', null]);
  });

  test('names the bank that was called, and none where the call is about none', async () => {
    const { recorder, batches } = start();
    recorder.record(attempt({ scope: 'DNB' }), {});
    recorder.record(attempt(), {});
    await recorder.flush();
    expect(batches.flat().map(({ bankId }) => bankId)).toEqual(['DNB', null]);
  });

  test('contains only the fields that are named for the operation', async () => {
    const { recorder, batches } = start();
    const form = 'grant_type=authorization_code&code=canary';
    recorder.record(attempt({ requestBody: form }), { 'test.act': { request: ['grant_type'] } });
    recorder.record(attempt({ requestBody: form }), { 'test.other': { request: ['code'] } });
    await recorder.flush();
    expect(batches.flat().map(({ request }) => request)).toEqual([
      { grant_type: 'authorization_code' },
      null,
    ]);
  });
});
