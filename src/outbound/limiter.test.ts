import { array, assert, asyncProperty, constantFrom, integer, nat, oneof, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { isCallError } from './call-error.ts';
import { Deadline } from './deadline.ts';
import { Limiter, limitsDefault, type Limits } from './limiter.ts';

interface Party {
  scope?: string | undefined;
  customer?: string | undefined;
}

type State = 'has a place' | 'waits' | 'rate_limited' | 'provider_unavailable' | 'is late';

/** A call, and what the limiter has told it so far. */
interface Call extends Party {
  state: State;
  /** Lets the time of the call run out. */
  expire: () => void;
}

/** A limiter, the calls that entered it and have not left, and those that were served after a wait, in order. */
class Stand {
  readonly limiter: Limiter;
  readonly served: Call[] = [];
  readonly #calls = new Set<Call>();

  constructor(limits: Limits) {
    this.limiter = new Limiter('test', limits);
  }

  enter(party: Party): Call {
    const clock = new ManualClock();
    const call: Call = { ...party, state: 'has a place', expire: () => clock.advance(1_000) };
    this.#calls.add(call);
    try {
      const turn = this.limiter.enter(new Deadline(1_000, clock), party.scope, party.customer);
      if (turn) this.#wait(call, turn);
    } catch (error) {
      call.state = isCallError(error, 'rate_limited') ? 'rate_limited' : 'provider_unavailable';
    }
    return call;
  }

  leave(call: Call): void {
    this.#calls.delete(call);
    this.limiter.leave(call.scope, call.customer);
  }

  of(state: State): Call[] {
    return [...this.#calls].filter((call) => call.state === state);
  }

  #wait(call: Call, turn: Promise<void>): void {
    call.state = 'waits';
    const serve = (): void => {
      call.state = 'has a place';
      this.served.push(call);
    };
    turn.then(serve, () => (call.state = 'is late'));
  }
}

/** Lets the listeners of decided promises run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
}

/** Whether one of `max` places, of which `held` are taken, is free for a call of `party` within its shares. */
function isFree(held: Party[], { scope, customer }: Party, max: number): boolean {
  const ofScope = held.filter((call) => call.scope === scope).length;
  const ofCustomer = held.filter((call) => call.customer === customer).length;
  const isWithinScope = scope === undefined || ofScope < Math.ceil(max / 2);
  const isWithinCustomer = customer === undefined || ofCustomer < Math.ceil(max / 8);
  return held.length < max && isWithinScope && isWithinCustomer;
}

const anyParty = record({
  scope: constantFrom('DNB', 'Nordea', undefined),
  customer: constantFrom('Ada', 'Bo', 'Cato', undefined),
});
const anyLimits = record({
  concurrentMax: integer({ min: 1, max: 20 }),
  queueMax: integer({ min: 0, max: 20 }),
});
const ending = record({ ends: constantFrom<State>('has a place', 'waits'), which: nat() });
const steps = array(oneof(anyParty, anyParty, ending), { maxLength: 60 });

/** Enters with a new call and checks the answer, or ends a call that has a place or waits. */
function take(stand: Stand, step: Party | { ends: State; which: number }, limits: Limits): void {
  if ('ends' in step) {
    const calls = stand.of(step.ends);
    const call = calls[step.which % calls.length];
    if (call?.state === 'has a place') stand.leave(call);
    else call?.expire();
    return;
  }
  const isPlace = isFree(stand.of('has a place'), step, limits.concurrentMax);
  const mayWait = isFree(stand.of('waits'), step, limits.queueMax);
  const { state } = stand.enter(step);
  if (isPlace || mayWait) expect(state).toBe(isPlace ? 'has a place' : 'waits');
  else expect(['rate_limited', 'provider_unavailable']).toContain(state);
}

describe('whatever calls enter, leave and expire', () => {
  test('no call is refused or kept waiting while a place is free below the shares', async () => {
    const law = asyncProperty(anyLimits, steps, async (limits, taken) => {
      const stand = new Stand(limits);
      for (const step of taken) {
        take(stand, step, limits);
        await settled();
        const held = stand.of('has a place');
        const kept = stand.of('waits').filter((call) => isFree(held, call, limits.concurrentMax));
        expect(kept).toEqual([]);
      }
    });
    await assert(law);
  });

  test('no place is lost', async () => {
    const law = asyncProperty(anyLimits, steps, async (limits, taken) => {
      const stand = new Stand(limits);
      for (const step of taken) {
        take(stand, step, limits);
        await settled();
        const { active, waiting } = stand.limiter;
        expect({ active, waiting }).toEqual({
          active: stand.of('has a place').length,
          waiting: stand.of('waits').length,
        });
      }
      for (let [call] = stand.of('has a place'); call; [call] = stand.of('has a place')) {
        stand.leave(call);
        await settled();
      }
      expect(stand.limiter).toMatchObject({ active: 0, waiting: 0, fullScopes: [] });
    });
    await assert(law);
  });

  test('the wait for a first place is bounded by the number of customers, not by the calls of one', async () => {
    const anyQueued = array(integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    const law = asyncProperty(anyQueued, async (counts) => {
      const stand = new Stand({ concurrentMax: 1, queueMax: 320 });
      const first = stand.enter({ customer: 'first' });
      for (const [index, count] of counts.entries())
        for (let call = 0; call < count; call += 1) stand.enter({ customer: `customer ${index}` });
      const last = stand.enter({ customer: 'last' });
      stand.leave(first);
      await settled();
      while (last.state === 'waits') {
        for (const call of stand.of('has a place')) stand.leave(call);
        await settled();
      }
      expect(stand.served.length).toBeLessThanOrEqual(counts.length + 1);
    });
    await assert(law);
  });
});

describe('with the default limits, 250 calls of one customer at once', () => {
  const atDnb = { scope: 'DNB' };

  function crowded() {
    const stand = new Stand(limitsDefault);
    for (let call = 0; call < 250; call += 1) stand.enter({ ...atDnb, customer: 'Ada' });
    return stand;
  }

  test('take an eighth of the places and of the queue, and the rest is refused as the customer’s', () => {
    const stand = crowded();
    const counts = (['has a place', 'waits', 'rate_limited'] as const).map((state) => stand.of(state).length);
    expect(counts).toEqual([4, 16, 230]);
  });

  test('leave a place to the next customer at the same bank', () => {
    expect(crowded().enter({ ...atDnb, customer: 'Bo' }).state).toBe('has a place');
  });

  test('do not refuse calls without a customer', () => {
    expect(crowded().enter(atDnb).state).toBe('has a place');
  });

  test('and of three more fill the bank’s share, and a fifth is served after one call of another', async () => {
    const stand = crowded();
    for (const customer of ['Bo', 'Cato', 'Dina'])
      for (let call = 0; call < 8; call += 1) stand.enter({ ...atDnb, customer });
    const eli = stand.enter({ ...atDnb, customer: 'Eli' });
    expect(eli.state).toBe('waits');
    for (const call of stand.of('has a place').slice(0, 2)) stand.leave(call);
    await settled();
    expect(stand.served.map(({ customer }) => customer)).toEqual(['Ada', 'Eli']);
  });
});

test('one place given back lets a call of the same bank and one of the same customer start', async () => {
  const stand = new Stand({ concurrentMax: 4, queueMax: 8 });
  const held = stand.enter({ scope: 'DNB', customer: 'Ada' });
  stand.enter({ scope: 'DNB', customer: 'Bo' });
  stand.enter({ scope: 'DNB', customer: 'Cato' });
  stand.enter({ scope: 'Nordea', customer: 'Ada' });
  expect(stand.of('waits')).toHaveLength(2);
  stand.leave(held);
  await settled();
  expect(stand.served.map(({ customer }) => customer)).toEqual(['Cato', 'Ada']);
});
