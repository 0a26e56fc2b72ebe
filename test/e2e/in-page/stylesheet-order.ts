/**
 * Compares the look of the page with that of the same stylesheets in the opposite order. It is sent to the browser as
 * text, so it imports nothing; its value is the list of elements that look otherwise.
 */
((): string[] => {
  const properties = [
    ...['display', 'position', 'width', 'height', 'minHeight', 'margin', 'padding', 'gap', 'boxShadow'],
    ...['color', 'backgroundColor', 'borderWidth', 'borderColor', 'borderRadius', 'outlineOffset'],
    ...['fontSize', 'fontWeight', 'lineHeight', 'letterSpacing', 'textAlign', 'textDecorationLine'],
    ...['alignItems', 'alignSelf', 'justifyContent', 'gridTemplateColumns', 'flex', 'overflow'],
  ] as const satisfies readonly (keyof CSSStyleDeclaration)[];
  const elements = [...document.querySelectorAll('body *')];
  const sheets = [...document.styleSheets].filter(({ disabled }) => !disabled);
  const copies = sheets.map((sheet) => {
    const copy = new CSSStyleSheet();
    copy.replaceSync([...sheet.cssRules].map(({ cssText }) => cssText).join('\n'));
    return copy;
  });

  function look(order: CSSStyleSheet[]): string[][] {
    document.adoptedStyleSheets = order;
    for (const sheet of sheets) sheet.disabled = true;
    for (const animation of document.getAnimations()) animation.cancel();
    return elements.map((element) => {
      const style = getComputedStyle(element);
      return properties.map((property) => `${property}: ${style[property]}`);
    });
  }

  const usual = look(copies);
  const opposite = look(copies.toReversed());
  for (const sheet of sheets) sheet.disabled = false;
  document.adoptedStyleSheets = [];
  return elements.flatMap((element, index) => {
    const other = opposite[index] ?? [];
    const changed = (usual[index] ?? []).flatMap((value, at) =>
      value === other[at] ? [] : [`${value} or ${other[at]}`],
    );
    return changed.length === 0
      ? []
      : [`${element.tagName}.${element.classList.value}: ${changed.join(', ')}`];
  });
})();
