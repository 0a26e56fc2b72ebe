/**
 * Finds what a customer with a small screen, large text or a screen reader would stumble over. It is sent to the
 * browser as text, so it imports nothing and its value is the list of faults.
 */
((): string[] => {
  const faults: string[] = [];
  const width = document.documentElement.clientWidth;
  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${element.className.toString().split(' ').join('.')}`;
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest('.ds-sr-only, [aria-hidden="true"], .ds-skip-link, dialog:not([open])');
  const all = [...document.querySelectorAll('body *')].filter(isShown);

  const pageWidth = document.documentElement.scrollWidth;
  if (pageWidth > width) faults.push(`the page is ${pageWidth} px wide on a screen of ${width} px`);

  for (const element of all) {
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      for (let box: Element | null = element; box; box = box.parentElement) {
        const isClip = box === document.body || getComputedStyle(box).overflowX === 'hidden';
        if (!isClip) continue;
        const frame = box.getBoundingClientRect();
        if (text.right <= frame.right + 1 && text.left >= frame.left - 1) continue;
        faults.push(
          `"${node.textContent.trim().slice(0, 40)}" in ${nameOf(element)} is cut by ${nameOf(box)}`,
        );
        break;
      }
    }
  }

  const scope = document.querySelector('dialog[open]') ?? document.querySelector('main') ?? document.body;
  const actions = scope.querySelectorAll('.ds-button:not([data-variant="tertiary"])');
  for (const action of [...actions].filter(isShown)) {
    action.scrollIntoView({ block: 'nearest' });
    const { left, top, width: wide, height } = action.getBoundingClientRect();
    const hit = document.elementFromPoint(left + wide / 2, top + height / 2);
    if (!hit || !action.contains(hit))
      faults.push(`"${action.textContent}" is covered by ${hit ? nameOf(hit) : 'the edge'}`);
  }
  window.scrollTo(0, 0);

  for (const list of all.filter(({ tagName }) => tagName === 'UL' || tagName === 'OL')) {
    const isBare = getComputedStyle(list).listStyleType === 'none';
    if (isBare && list.getAttribute('role') !== 'list') faults.push(`${nameOf(list)} is no list in Safari`);
  }

  const controls = new Map<string, string>();
  for (const control of all.filter((element) => element.matches('main a[href], main button'))) {
    const name = control.getAttribute('aria-label') ?? control.textContent.trim();
    const target = control.getAttribute('href') ?? `button ${all.indexOf(control)}`;
    if ((controls.get(name) ?? target) !== target) faults.push(`two controls are called "${name}"`);
    controls.set(name, target);
  }

  for (const current of scope.querySelectorAll('[aria-current]'))
    faults.push(`"${current.textContent}" in the content is called the current page`);

  const text = document.body.innerText;
  if (/feilkode|error code/i.test(text) && !/\b[a-z]+(_[a-z]+)+\b/.test(text))
    faults.push('the text promises a code that is not shown');
  if (/kundeservice|customer service/i.test(text) && !scope.querySelector('a[href^="mailto:"]'))
    faults.push('customer service is named without its address');
  return faults;
})();
