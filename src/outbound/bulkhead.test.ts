import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { Bulkhead } from './bulkhead.ts';

const scopes = ['DNB', 'Nordea', undefined] as const;
const customers = ['Ada', 'Bo', undefined] as const;

interface Party {
  scope: string | undefined;
  customer: string | undefined;
}

test('a place is refused only without a free one, or beyond half for a scope and an eighth for a customer', () => {
  const party = { scope: constantFrom(...scopes), customer: constantFrom(...customers) };
  const step = record({ isTaking: constantFrom(true, true, false), ...party });
  const steps = array(step, { maxLength: 80 });
  assert(
    property(integer({ min: 0, max: 20 }), steps, (max, taken) => {
      const bulkhead = new Bulkhead(max);
      const held: Party[] = [];
      const of = (key: keyof Party, name: string | undefined) =>
        held.filter((party) => party[key] === name).length;
      for (const { isTaking, scope, customer } of taken) {
        const isWithinScope = scope === undefined || of('scope', scope) < Math.ceil(max / 2);
        const isWithinCustomer = customer === undefined || of('customer', customer) < Math.ceil(max / 8);
        const isRoom = held.length < max && isWithinScope && isWithinCustomer;
        const at = held.findIndex((party) => party.scope === scope && party.customer === customer);
        if (isTaking) {
          expect(bulkhead.take(scope, customer)).toBe(isRoom);
          if (isRoom) held.push({ scope, customer });
        } else if (at >= 0) {
          bulkhead.giveBack(scope, customer);
          held.splice(at, 1);
        }
        expect(bulkhead.taken).toBe(held.length);
        const full = ['DNB', 'Nordea'].filter((name) => max > 0 && of('scope', name) === Math.ceil(max / 2));
        expect(bulkhead.scopes.full.toSorted()).toEqual(full);
      }
    }),
  );
});
