import type { Readings } from './harness.ts';

/** µs of processor of this process, for each time that it acts. */
export async function costOf(act: () => Promise<unknown>, times: number): Promise<number> {
  const startedAt = process.cpuUsage();
  for (let turn = 0; turn < times; turn += 1) await act();
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / times;
}

/** The sides take turns block by block: what is to be seen is smaller than what the machine drifts by. */
export async function inTurn<Side>(
  sides: ReadonlyMap<string, Side>,
  blocks: number,
  block: (side: Side) => Promise<Readings>,
): Promise<Map<string, Readings[]>> {
  const spent = new Map<string, Readings[]>([...sides.keys()].map((name) => [name, []]));
  for (let turn = 0; turn < blocks; turn += 1) {
    const order = turn % 2 === 0 ? [...sides] : [...sides].toReversed();
    for (const [name, side] of order) spent.get(name)?.push(await block(side));
  }
  return spent;
}

/** The cheapest half of the blocks: what else the machine did meanwhile falls on the others. */
export function meanOfCheapest(readings: readonly Readings[]): Readings {
  const names = Object.keys(readings[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const sorted = readings.map((reading) => reading[name] ?? 0).toSorted((left, right) => left - right);
      const cheapest = sorted.slice(0, Math.ceil(sorted.length / 2));
      return [name, cheapest.reduce((sum, each) => sum + each, 0) / cheapest.length];
    }),
  );
}
