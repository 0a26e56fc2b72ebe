import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Fault } from './faults.ts';
import { scenarios } from './scenarios.ts';
import { describe as describeFailure, shrink } from './shrink.ts';
import { simulate, type SimulationRequest } from './simulate.ts';
import { closeStages } from './stage.ts';
import { sweepOnce } from './sweep.ts';

afterAll(closeStages);
// A few seconds each on a machine that does nothing else.
vi.setConfig({ testTimeout: 600_000 });

/** The faults that are tried at every point here; `npm run simulate -- --sweep points` tries all. */
const swept: readonly Fault['kind'][] = ['abandoned_before', 'abandoned_after', 'lost_answer'];
const seeds = 20;

/** How a law came to be broken; undefined where none was. */
async function failureOf(request: SimulationRequest): Promise<string | undefined> {
  const simulation = await simulate(request);
  if (simulation.findings.length === 0) return undefined;
  return describeFailure(await shrink(request, simulation));
}

describe('a simulated run', () => {
  test('is the same for the same seed', async () => {
    const request = { seed: 7, scenario: 'settles' };
    const [once, twice] = [await simulate(request), await simulate(request)];
    expect(twice.traceHash).toBe(once.traceHash);
    expect(twice.steps).toEqual(once.steps);
  });

  test('is the same whatever ran before it on the same database', async () => {
    const request = { seed: 7, scenario: 'settles' };
    const before = await simulate(request);
    await simulate({ seed: 8, scenario: 'scheduled-and-called-back' });
    await simulate({ seed: 9, scenario: 'webhooks-out-of-order' });
    expect((await simulate(request)).traceHash).toBe(before.traceHash);
  });

  test('is another for another seed', async () => {
    const [one, other] = [
      await simulate({ seed: 1, scenario: 'settles', faults: [] }),
      await simulate({ seed: 2, scenario: 'settles', faults: [] }),
    ];
    expect(one.traceHash).not.toBe(other.traceHash);
  });

  test('says what went wrong in it, so that it can be carried out again without the seed’s draws', async () => {
    const drawn = await firstWithFaults();
    const given = await simulate({ ...drawn.request, faults: drawn.faults });
    expect(given.traceHash).toBe(drawn.traceHash);
  });

  test('is refused for a scenario that does not exist', async () => {
    await expect(simulate({ seed: 1, scenario: 'unheard-of' })).rejects.toThrow('no scenario unheard-of');
  });
});

async function firstWithFaults() {
  for (let seed = 1; ; seed += 1) {
    const request = { seed, scenario: 'settles' };
    const { faults, traceHash } = await simulate(request);
    if (faults.length > 0) return { request, faults, traceHash };
  }
}

test.each(scenarios.map(({ name }) => name))(
  '"%s" breaks no law when nothing goes wrong',
  async (scenario) => {
    expect(await failureOf({ seed: 1, scenario, faults: [] })).toBeUndefined();
  },
);

test('no law is broken when a process dies or an answer is lost at any point', async () => {
  const failures: string[] = [];
  let runs = 0;
  for await (const { request, simulation } of sweepOnce('settles-without-webhooks', { kinds: swept })) {
    runs += 1;
    if (simulation.findings.length > 0) failures.push(describeFailure(await shrink(request, simulation)));
  }
  expect(failures).toEqual([]);
  expect(runs).toBeGreaterThan(30);
});

test('no law is broken whatever a seed has go wrong', async () => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const scenario = scenarios[seed % scenarios.length]?.name ?? '';
    expect(await failureOf({ seed, scenario })).toBeUndefined();
  }
});

test('a claim that a clock ahead of the others dates later is no order that was sent again', async () => {
  const faults = [
    { point: 'b calls GET /dnb/v1/accounts/:id/balances #1', kind: 'abandoned_before' },
    { point: 'c commits update transactions #1', kind: 'refused' },
    { point: 'c commits update bank_account_consents #2', kind: 'lost_answer' },
    { point: 'c commits update bank_account_consents #3', kind: 'abandoned_before' },
    { point: 'd looks for payments #2', kind: 'clock_jump' },
    { point: 'a commits update transactions #1', kind: 'abandoned_after' },
  ] as const;
  const { findings, faults: struck } = await simulate({ seed: 4049, scenario: 'bank-rejects', faults });
  expect(struck).toHaveLength(faults.length);
  expect(findings).toEqual([]);
});
