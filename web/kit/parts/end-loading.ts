/** Whether the server put a whole screen into the page: it stays until the app's own can take its place. */
export function isScreenServed(): boolean {
  return document.querySelector('#loading[data-served]') !== null;
}

/**
 * Removes what the server put into the page, once the app shows a screen of its own. Where a link of it has the focus,
 * the same link of the app's screen takes it.
 */
export function endLoading(): void {
  const served = document.getElementById('loading');
  const focused = document.activeElement;
  const href = served?.contains(focused) ? focused?.getAttribute('href') : null;
  served?.remove();
  if (href == null) return;
  document.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
}
