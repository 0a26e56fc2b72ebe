import { createHash } from 'node:crypto';

const bucketBits = 32;

/**
 * The place of a customer on a scale from 0 to 100, 100 excluded, by a hash that never changes. A move that takes a
 * share takes every customer below it: with a larger share the same ones and more, and with a smaller one the last come
 * leave first. `scale` keeps two scales apart, so that the first customers of one move are not those of the next.
 */
export function placeOf(customerId: string, scale: string): number {
  const digest = createHash('sha256').update(`${scale}\n${customerId}`).digest();
  return (digest.readUInt32BE(0) / 2 ** bucketBits) * 100;
}

/** Whether a customer is among the first `sharePercent` of a hundred. */
export function isInShare(customerId: string, scale: string, sharePercent: number): boolean {
  return placeOf(customerId, scale) < sharePercent;
}
