/** A step that leads from one state to another. */
export interface Step<State> {
  /** The event, in words. */
  name: string;
  /** Whether it may just as well never happen, so that nothing may depend on it. */
  isFault: boolean;
  to: State;
}

export interface Searched<State> {
  states: number;
  /** The shortest way from the first state to one that breaks a law. */
  broken: { law: string; way: readonly string[]; state: State } | undefined;
}

interface Seen<State> {
  state: State;
  before: Seen<State> | undefined;
  step: string | undefined;
  /** The states from which a step that is no fault leads here. */
  from: Seen<State>[];
}

export interface Space<State> {
  first: State;
  keyOf(state: State): string;
  steps(state: State): Step<State>[];
  /** The law that the state breaks, or that the step between two states breaks. */
  breaks(state: State, before: State | undefined): string | undefined;
  /** Whether the matter is closed. From every state, one that is must be within reach without a fault. */
  isResolved(state: State): boolean;
}

/** Visits every state that can be reached, nearest first, and ends at the first one that breaks a law. */
export function search<State>(space: Space<State>): Searched<State> {
  const first: Seen<State> = { state: space.first, before: undefined, step: undefined, from: [] };
  const seen = new Map([[space.keyOf(space.first), first]]);
  const queue = [first];
  for (let next = 0; next < queue.length; next += 1) {
    const here = queue[next];
    if (here === undefined) break;
    for (const { name, isFault, to } of space.steps(here.state)) {
      const key = space.keyOf(to);
      const known = seen.get(key);
      const there = known ?? { state: to, before: here, step: name, from: [] };
      if (!isFault) there.from.push(here);
      const law = space.breaks(to, here.state);
      if (law !== undefined)
        return found(seen.size, law, known ? { ...there, before: here, step: name } : there);
      if (known) continue;
      seen.set(key, there);
      queue.push(there);
    }
  }
  const stuck = unresolved(space, queue);
  return stuck
    ? found(seen.size, 'every payment can be resolved', stuck)
    : { states: seen.size, broken: undefined };
}

function found<State>(states: number, law: string, seen: Seen<State>): Searched<State> {
  const way: string[] = [];
  for (let at: Seen<State> | undefined = seen; at?.step !== undefined; at = at.before) way.unshift(at.step);
  return { states, broken: { law, way, state: seen.state } };
}

/** The nearest state from which no resolved one can be reached. */
function unresolved<State>(space: Space<State>, all: readonly Seen<State>[]): Seen<State> | undefined {
  const resolvable = new Set(all.filter(({ state }) => space.isResolved(state)));
  for (const seen of resolvable) for (const before of seen.from) resolvable.add(before);
  return all.find((seen) => !resolvable.has(seen));
}
