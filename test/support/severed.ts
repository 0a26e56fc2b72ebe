import { onTestFinished } from 'vitest';
import { openWay, type Way } from '#drill/way.ts';

/** A way to `port` of this machine that can be cut. Gone with the test. */
export async function wayTo(port: number): Promise<Way> {
  const way = await openWay(port);
  onTestFinished(way.cut);
  return way;
}
