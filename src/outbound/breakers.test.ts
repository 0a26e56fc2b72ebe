import { array, assert, constantFrom, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { Breakers, type Failure } from './breakers.ts';

const banks = ['DNB', 'Nordea', 'Sbanken', 'Handelsbanken'];
const customers = ['Ada', 'Bo', 'Cato', 'Dina', 'Eli', 'Frida', undefined];

/** Whether the breakers admit a call of `customer` to `scope`. */
function lets(breakers: Breakers, scope: string | undefined, customer: string): boolean {
  try {
    breakers.admit({ scope, customer }).settle('nothing');
    return true;
  } catch {
    return false;
  }
}

function settle(breakers: Breakers, asker: { scope: string | undefined; customer: string | undefined }) {
  return (failure: Failure): void => {
    try {
      breakers.admit(asker).settle(failure);
    } catch {
      // Refused by the breaker: the provider was not called.
    }
  };
}

test('four banks that hang or fail, for any customers, never block calls to a fifth', () => {
  const step = record({
    scope: constantFrom(...banks),
    customer: constantFrom(...customers),
    failure: constantFrom<Failure[]>('request', 'scope'),
  });
  assert(
    property(array(step, { maxLength: 60 }), (steps) => {
      const breakers = new Breakers('test', new ManualClock(), () => undefined);
      for (const { failure, ...asker } of steps) settle(breakers, asker)(failure);
      expect(breakers.state).toBe('closed');
      expect(lets(breakers, 'Cultura', 'Gro')).toBe(true);
    }),
  );
});

test('four customers with failing calls, at any banks, never block a fifth customer', () => {
  const step = record({
    scope: constantFrom(...banks, undefined),
    customer: constantFrom('Ada', 'Bo', 'Cato', 'Dina'),
    failure: constantFrom<Failure[]>('request', 'scope'),
  });
  assert(
    property(array(step, { maxLength: 60 }), (steps) => {
      const breakers = new Breakers('test', new ManualClock(), () => undefined);
      for (const { failure, ...asker } of steps) {
        settle(breakers, asker)(failure);
      }
      expect(breakers.state).toBe('closed');
      for (const scope of [...banks, undefined]) expect(lets(breakers, scope, 'Gro')).toBe(true);
    }),
  );
});

test('a provider that reports that it is down is not called after five failures, for any customer or bank', () => {
  const step = record({ scope: constantFrom(...banks, undefined), customer: constantFrom(...customers) });
  assert(
    property(array(step, { minLength: 5, maxLength: 5 }), (askers) => {
      const breakers = new Breakers('test', new ManualClock(), () => undefined);
      for (const asker of askers) {
        expect(breakers.state).toBe('closed');
        settle(breakers, asker)('provider');
      }
      expect(breakers.state).toBe('open');
      expect(breakers.openScopes()).toEqual({});
    }),
  );
});
