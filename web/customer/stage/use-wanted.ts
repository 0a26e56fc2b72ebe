import { useState } from 'react';

/**
 * The value that a control shows: the one that was just chosen until the sandbox has answered, then the sandbox's.
 * The second element chooses.
 */
export function useWanted<Value>(
  value: Value,
  choose: (value: Value) => Promise<unknown>,
): [Value, (next: Value) => void] {
  const [wanted, setWanted] = useState<{ value: Value }>();
  const forget = () => setWanted(undefined);
  const set = (next: Value) => {
    setWanted({ value: next });
    /* The panel says that it failed. */
    choose(next).then(forget, forget);
  };
  return [wanted ? wanted.value : value, set];
}
