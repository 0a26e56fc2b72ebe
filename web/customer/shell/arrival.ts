import { attempt } from './attempt.ts';

/** The entry in session storage. The next document reads and removes it. */
const key = 'drop-arrived-before';

let arrivedBefore = takenOver();

/** Whether the customer came to this screen from another screen of Drop. Each screen calls it once. */
export function arrive(): boolean {
  const before = arrivedBefore;
  arrivedBefore = true;
  return before;
}

/** Tells the next document that the customer has already seen a screen of Drop. */
export function handOver(): void {
  if (arrivedBefore) attempt(() => window.sessionStorage.setItem(key, 'yes'));
}

function takenOver(): boolean {
  return (
    attempt(() => {
      const found = window.sessionStorage.getItem(key) !== null;
      window.sessionStorage.removeItem(key);
      return found;
    }) === true
  );
}
