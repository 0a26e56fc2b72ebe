import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageAt, isAdult } from './age.ts';

describe('isAdult', () => {
  it('is false a second before midnight in Oslo of the 18th birthday, and true from then on', () => {
    expect(isAdult('2008-02-23', new Date('2026-02-22T22:59:59Z'))).toBe(false);
    expect(isAdult('2008-02-23', new Date('2026-02-22T23:00:00Z'))).toBe(true);
  });

  it('takes summer time into account', () => {
    expect(isAdult('2008-07-01', new Date('2026-06-30T21:59:59Z'))).toBe(false);
    expect(isAdult('2008-07-01', new Date('2026-06-30T22:00:00Z'))).toBe(true);
  });

  it('is true from 1 March for a person born on 29 February, in a year without that day', () => {
    expect(isAdult('2008-02-29', new Date('2026-02-28T12:00:00Z'))).toBe(false);
    expect(isAdult('2008-02-29', new Date('2026-03-01T12:00:00Z'))).toBe(true);
  });
});

describe('ageAt', () => {
  it('increases on 29 February in a leap year for a person born on that day', () => {
    expect(ageAt('2004-02-29', new Date('2024-02-28T12:00:00Z'))).toBe(19);
    expect(ageAt('2004-02-29', new Date('2024-02-29T12:00:00Z'))).toBe(20);
  });

  it('increases by one on each birthday, and does not change in between', () => {
    const instants = fc.date({
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2090-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 364 }), (instant, days) => {
        const later = new Date(instant.getTime() + days * 86_400_000);
        const grown = ageAt('1985-06-15', later) - ageAt('1985-06-15', instant);
        return grown === 0 || grown === 1;
      }),
    );
  });
});
