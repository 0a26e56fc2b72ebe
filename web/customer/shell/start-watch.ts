/*
 * Reloads the page, once, if the app's scripts or its stylesheet did not arrive, as when the page is of a version that
 * was replaced since. A script of its own under a name that stays, because it is needed when the app's are gone.
 */
import { reloadOnce } from './reload-once.ts';

window.addEventListener('load', () => {
  /* A return from BankID or a bank must not be asked for a second time. */
  const isAnswer = document.getElementById('drop-problem') !== null;
  if (!isAnswer && !isStarted()) void reloadOnce();
});

function isStarted(): boolean {
  const styles = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')];
  return 'started' in document.documentElement.dataset && styles.every(hasRules);
}

/** Browsers differ in whether a stylesheet that did not arrive is none or an empty one. */
function hasRules({ sheet }: HTMLLinkElement): boolean {
  return (sheet?.cssRules.length ?? 0) > 0;
}
