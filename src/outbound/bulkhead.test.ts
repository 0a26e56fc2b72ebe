import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { Bulkhead } from './bulkhead.ts';

const scopes = ['DNB', 'Nordea', undefined] as const;

test('no more places are taken than exist, and one scope takes at most half', () => {
  const step = record({ isTaking: constantFrom(true, true, false), scope: constantFrom(...scopes) });
  const steps = array(step, { maxLength: 60 });
  assert(
    property(integer({ min: 0, max: 9 }), steps, (max, taken) => {
      const bulkhead = new Bulkhead(max);
      const held = new Map<string | undefined, number>(scopes.map((scope) => [scope, 0]));
      const sum = (): number => [...held.values()].reduce((total, count) => total + count, 0);
      for (const { isTaking, scope } of taken) {
        const count = held.get(scope) ?? 0;
        const isRoom = sum() < max && (scope === undefined || count < Math.ceil(max / 2));
        if (isTaking) {
          expect(bulkhead.take(scope)).toBe(isRoom);
          if (isRoom) held.set(scope, count + 1);
        } else if (count > 0) {
          bulkhead.giveBack(scope);
          held.set(scope, count - 1);
        }
        expect(bulkhead.taken).toBe(sum());
        const full = ['DNB', 'Nordea'].filter((name) => held.get(name) === bulkhead.scopeMax && max > 0);
        expect(bulkhead.fullScopes.toSorted()).toEqual(full);
      }
    }),
  );
});
