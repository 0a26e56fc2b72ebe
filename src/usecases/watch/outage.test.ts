import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createOutage } from './outage.ts';

/** Looks every five seconds; each character is whether the database answered (`+`) or not (`-`). */
function seen(answers: string): string[] {
  const clock = new ManualClock();
  const told: string[] = [];
  const outage = createOutage({
    clock,
    onDown: () => told.push('down'),
    onOver: ({ minutes }) => told.push(`over after ${minutes}`),
  });
  for (const answer of answers) {
    clock.advance(5_000);
    outage.observe(answer === '+');
  }
  return told;
}

const minute = '+'.repeat(13);

test.each([
  ['a database that answers', '++++++++', []],
  ['two answers that are late', `--+--+--${minute}`, []],
  ['ten seconds without an answer', `---${minute}`, []],
  ['fifteen seconds without an answer', '----', ['down']],
  ['an outage that goes on', '-'.repeat(50), ['down']],
  ['an outage that ends', `------------${minute}`, ['down', 'over after 1']],
  ['an end of less than a minute', `----${'+'.repeat(12)}`, ['down']],
  ['an outage that comes back at once', `----++++----++++----${minute}`, ['down', 'over after 2']],
  ['a second outage', `----${minute}----${minute}`, ['down', 'over after 0', 'down', 'over after 0']],
])('%s: %s', (_name, answers, told) => {
  expect(seen(answers)).toEqual(told);
});
