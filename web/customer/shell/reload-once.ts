/** The entry in session storage with the time of the last reload. */
const key = 'drop-reloaded-at';
const againAfterMs = 60_000;

/**
 * Reloads the page if the server answers, because a missing file then means that a new version was deployed. Does
 * nothing within a minute of the last reload, so that a file that stays missing does not reload the page for ever.
 * `prepare` runs just before the reload.
 */
export async function reloadOnce(prepare?: () => void): Promise<'reloading' | 'not reloading'> {
  if (!mayReload() || !(await serverAnswers()) || !remember()) return 'not reloading';
  prepare?.();
  window.location.reload();
  return 'reloading';
}

/** False after a recent reload, and if the browser blocks session storage: then a loop could not be noticed. */
function mayReload(): boolean {
  try {
    return Math.abs(Date.now() - Number(window.sessionStorage.getItem(key))) >= againAfterMs;
  } catch {
    return false;
  }
}

function remember(): boolean {
  try {
    window.sessionStorage.setItem(key, `${Date.now()}`);
    return true;
  } catch {
    return false;
  }
}

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
