/** Removes the loading screen that the server puts into the page, once the app shows a screen of its own. */
export function endLoading(): void {
  document.getElementById('loading')?.remove();
}
