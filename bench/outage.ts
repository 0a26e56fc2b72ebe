import { setImmediate } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { ManualClock } from '../src/domain/clock.ts';
import { createOutbound } from '../src/services/guarded-call.ts';
import type { Comparison } from './harness.ts';

export const outageTitle = 'Outage';
export const plainLoop = 'a plain retry loop';
export const guardedOutage = 'Drop';

const outageMs = 600_000;
const callsPerSecond = 100;
const attemptsOfLoop = 3;
const pauseOfLoopMs = 200;

type Call = () => Promise<void>;

/** Calls at a steady rate on a clock that is moved by hand; resolves with how many requests went out. */
async function outage(
  prepare: (clock: ManualClock, request: () => Promise<number>) => Call,
): Promise<number> {
  const clock = new ManualClock();
  let requests = 0;
  const call = prepare(clock, async () => {
    requests += 1;
    return 503;
  });
  const stepMs = 1_000 / callsPerSecond;
  for (let elapsedMs = 0; elapsedMs < outageMs; elapsedMs += stepMs) {
    void call();
    clock.advance(stepMs);
    await setImmediate();
  }
  return requests;
}

async function pause(clock: ManualClock, delayMs: number): Promise<void> {
  return new Promise((resolve) => void clock.schedule(delayMs, resolve));
}

function loop(clock: ManualClock, request: () => Promise<number>): Call {
  return async () => {
    for (let attempt = 1; attempt <= attemptsOfLoop; attempt += 1) {
      if ((await request()) < 500) return;
      await pause(clock, pauseOfLoopMs);
    }
  };
}

const controller: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
};

/** Stands where the network would: it answers as `request` does. */
function dispatcherOf(request: () => Promise<number>): Dispatcher {
  const dispatch: Dispatcher['dispatch'] = (_options, handler) => {
    handler.onRequestStart?.(controller, {});
    void request().then((status) => {
      handler.onResponseStart?.(controller, status, {});
      handler.onResponseEnd?.(controller, {});
    });
    return true;
  };
  return { dispatch } as Dispatcher;
}

function guard(clock: ManualClock, request: () => Promise<number>): Call {
  const origin = 'https://provider.example';
  const dispatcher = dispatcherOf(request);
  const outbound = createOutbound({
    provider: 'bench',
    origins: [origin],
    clock,
    dispatcher,
    random: () => 0.5,
  });
  const call = { operation: 'bench.read', method: 'GET', url: `${origin}/`, repeatable: true } as const;
  return async () => {
    await outbound.send(call).catch(() => undefined);
  };
}

/** What a provider that is down gets from Drop, and from a loop that tries three times. */
export function outageBench(): Comparison {
  const sampled = (prepare: typeof loop) => async () => ({
    'requests to the provider': await outage(prepare),
  });
  return {
    title: outageTitle,
    method:
      `A provider answers 503 for ${outageMs / 60_000} minutes while ${callsPerSecond} calls a second want to read ` +
      `from it; time is simulated. The loop tries ${attemptsOfLoop} times, ${pauseOfLoopMs} ms apart.`,
    unit: '',
    subjects: [
      { name: plainLoop, sample: sampled(loop) },
      { name: guardedOutage, sample: sampled(guard) },
    ],
    baseline: plainLoop,
    warmups: 0,
    rounds: 1,
  };
}
