/** Kept for the one document that this one leads to, and no longer. */
const key = 'drop-arrived-before';

let arrivedBefore = takenOver();

/** Whether one comes to a screen from another screen of Drop, and not from elsewhere. Asked once by each screen. */
export function arrive(): boolean {
  const before = arrivedBefore;
  arrivedBefore = true;
  return before;
}

/** Tells the document that is about to take this one's place whether a screen was seen before. */
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

/** Undefined where the browser keeps nothing for anybody: only the focus depends on it. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
