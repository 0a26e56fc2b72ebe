import type { RoutingPolicy } from '#domain/routing/policy.ts';

/** A stopped move stays stopped until it is resumed: a policy that is applied anew says nothing of it. */
export function withStopsOf(before: RoutingPolicy | undefined, policy: RoutingPolicy): RoutingPolicy {
  const stops = new Map(before?.moves.map(({ to, stopped }) => [to, stopped]));
  const moves = policy.moves.map(({ stopped, ...move }) => {
    const kept = stops.has(move.to) ? stops.get(move.to) : stopped;
    return kept ? { ...move, stopped: kept } : move;
  });
  return { ...policy, moves };
}
