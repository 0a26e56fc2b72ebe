/**
 * Keeps the keyboard's place. When the element that has the focus is removed, the browser moves the focus to the body,
 * and a customer who listens is back at the top of the page. This moves it to the nearest heading that is left: that of
 * the closest surviving section, or the screen's own. Returns a function that stops it.
 */
export function keepFocus(): () => void {
  let path: Element[] = [];
  const onFocus = ({ target }: FocusEvent) => {
    path = target instanceof Element ? ancestorsOf(target) : [];
  };
  const observer = new MutationObserver(() => {
    const [focused] = path;
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    const place = path.find((element) => element.isConnected);
    path = [];
    focusHeading(place);
  });
  document.addEventListener('focusin', onFocus);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}

function ancestorsOf(element: Element): Element[] {
  const path: Element[] = [];
  for (let next: Element | null = element; next; next = next.parentElement) path.push(next);
  return path;
}

function focusHeading(place: Element | undefined): void {
  const section = place?.closest('section, main') ?? undefined;
  const heading = section?.querySelector('h1, h2, h3') ?? document.querySelector('h1');
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
