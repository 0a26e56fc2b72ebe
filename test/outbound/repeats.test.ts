import { describe, expect, test } from 'vitest';
import { answer, guard, nobody, ObligingClock, reset, noAnswer, startProvider } from './guarded.ts';
import { ManualClock } from '#domain/clock.ts';

const once = { repeatable: false };

describe('a connection that is refused', () => {
  test('was not sent, and the call is tried again even if it is not repeatable', async () => {
    const { fail, attempts } = guard(await nobody(), new ObligingClock());
    const error = await fail(once);
    expect(error).toMatchObject({ code: 'provider_unavailable', details: { outcome: 'not_sent' } });
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  test('is retried after a longer wait each time', async () => {
    const { fail, clock } = guard(await nobody(), new ObligingClock());
    await fail();
    expect(clock.waitsMs).toEqual([100, 200]);
  });
});

describe('a connection that is reset after the request was received', () => {
  test('leaves the outcome unknown, and a call that is not repeatable is not repeated', async () => {
    const provider = await startProvider(reset);
    const { fail } = guard(provider.origin, new ObligingClock());
    const error = await fail(once);
    expect(error).toMatchObject({ code: 'provider_unavailable', details: { outcome: 'unknown' } });
    expect(provider.received).toHaveLength(1);
  });

  test('leads to a repetition if the call is repeatable', async () => {
    const provider = await startProvider(reset, reset, answer(200));
    const { send } = guard(provider.origin, new ObligingClock());
    expect((await send()).status).toBe(200);
    expect(provider.received).toHaveLength(3);
  });

  test('leads to at most two repetitions', async () => {
    const provider = await startProvider(reset);
    const { fail } = guard(provider.origin, new ObligingClock());
    await fail();
    expect(provider.received).toHaveLength(3);
  });

  test('leaves the outcome unknown even if the connection of the repetition was refused', async () => {
    const provider = await startProvider((request, response) => {
      provider.server.close();
      reset(request, response);
    });
    const { fail, attempts } = guard(provider.origin, new ObligingClock());
    expect((await fail()).details.outcome).toBe('unknown');
    expect(attempts).toHaveLength(3);
  });

  test('in the middle of the answer leaves the outcome unknown, and the call is not repeated', async () => {
    const provider = await startProvider((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":', () => request.socket.resetAndDestroy());
    });
    const { fail } = guard(provider.origin, new ObligingClock());
    expect((await fail(once)).details.outcome).toBe('unknown');
    expect(provider.received).toHaveLength(1);
  });
});

describe('an answer of', () => {
  test.each([502, 503, 504])('%i leads to a repetition if the call is repeatable', async (status) => {
    const provider = await startProvider(answer(status), answer(200));
    const { send } = guard(provider.origin, new ObligingClock());
    expect((await send()).status).toBe(200);
  });

  test('503 is returned if the call is not repeatable', async () => {
    const provider = await startProvider(answer(503));
    const { send } = guard(provider.origin, new ObligingClock());
    expect((await send(once)).status).toBe(503);
    expect(provider.received).toHaveLength(1);
  });

  test('503 to the last attempt is returned', async () => {
    const provider = await startProvider(answer(503));
    const { send } = guard(provider.origin, new ObligingClock());
    expect((await send()).status).toBe(503);
    expect(provider.received).toHaveLength(3);
  });

  test.each([400, 401, 402, 403, 404, 409, 422, 429, 500])(
    '%i never leads to a repetition',
    async (status) => {
      const provider = await startProvider(answer(status));
      const { send } = guard(provider.origin, new ObligingClock());
      expect((await send()).status).toBe(status);
      expect(provider.received).toHaveLength(1);
    },
  );
});

describe('Retry-After', () => {
  test.each([429, 503])('in seconds is followed exactly (%i)', async (status) => {
    const provider = await startProvider(answer(status, { 'retry-after': '7' }), answer(200));
    const { send, clock } = guard(provider.origin, new ObligingClock());
    expect((await send()).status).toBe(200);
    expect(clock.waitsMs).toEqual([7_000]);
  });

  test('as a date is followed', async () => {
    const at = 'Mon, 23 Feb 2026 14:30:09 GMT';
    const provider = await startProvider(answer(503, { 'retry-after': at }), answer(200));
    const { send, clock } = guard(provider.origin, new ObligingClock());
    await send();
    expect(clock.waitsMs).toEqual([9_000]);
  });

  test('beyond the deadline returns the answer at once', async () => {
    const provider = await startProvider(answer(503, { 'retry-after': '7' }), answer(200));
    const { send, clock } = guard(provider.origin, new ObligingClock());
    expect((await send({ timeoutMs: 7_000 })).status).toBe(503);
    expect(clock.waitsMs).toEqual([]);
  });

  test('does not make a call repeatable', async () => {
    const provider = await startProvider(answer(429, { 'retry-after': '1' }));
    const { send } = guard(provider.origin, new ObligingClock());
    await send(once);
    expect(provider.received).toHaveLength(1);
  });
});

describe('the deadline', () => {
  test('ends the wait for an answer, whose outcome is then unknown', async () => {
    const provider = await startProvider(noAnswer);
    const { fail } = guard(provider.origin, new ObligingClock());
    const error = await fail({ timeoutMs: 300 });
    expect(error).toMatchObject({ code: 'provider_timeout', details: { outcome: 'unknown' } });
    expect(error.message).toBe('test.act: no answer within 300 ms');
    expect(provider.received).toHaveLength(1);
  });

  test('ends the wait for the rest of an answer', async () => {
    const provider = await startProvider((_request, response) => response.writeHead(200).write('{'));
    const { fail } = guard(provider.origin, new ObligingClock());
    const error = await fail({ timeoutMs: 300 });
    expect(error).toMatchObject({ code: 'provider_timeout', details: { outcome: 'unknown' } });
  });

  test('ends the pause before a repetition, and the last answer is returned', async () => {
    const provider = await startProvider(answer(503), answer(200));
    const { send } = guard(provider.origin, new ManualClock());
    expect((await send({ timeoutMs: 400 })).status).toBe(503);
    expect(provider.received).toHaveLength(1);
  });
});
