/** The element that is looked for; the sender gives it. */
declare const wanted: { role: string; name: string };

/**
 * Finds the first element that is shown, by its role and its name, nearly as a screen reader would. It is sent to the
 * browser as text, so it imports nothing and its value is the element.
 */
((): Element | undefined => {
  const { role, name } = wanted;
  const selectors: Record<string, string> = {
    button: 'button, [role=button], input[type=submit]',
    link: 'a[href]',
    heading: 'h1, h2, h3, [role=heading]',
    textbox: 'input:not([type=radio], [type=checkbox], [type=hidden], [type=submit]), textarea',
    radio: 'input[type=radio]',
    text: 'main *, main',
  };
  const spaced = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (element: Element): string => {
    const label = element.getAttribute('aria-label');
    if (label !== null) return spaced(label);
    const labels = element instanceof HTMLInputElement && [...(element.labels ?? [])];
    if (labels && labels.length > 0) return spaced(labels.map(({ textContent }) => textContent).join(' '));
    return spaced(element instanceof HTMLElement ? element.innerText : element.textContent);
  };
  // A radio button is often hidden behind its label, which is what a person sees and clicks.
  const seen = (element: Element): Element =>
    role === 'radio' && element instanceof HTMLInputElement ? (element.labels?.[0] ?? element) : element;
  return [...document.querySelectorAll(selectors[role] ?? role)]
    .filter((element) => nameOf(element).includes(name))
    .map(seen)
    .find((element) => element.checkVisibility({ visibilityProperty: true }));
})();
