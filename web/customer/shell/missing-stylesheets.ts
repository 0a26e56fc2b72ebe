/** The stylesheets that did not arrive, each with the attempt under way to load it again. */
const missing = new Map<string, Promise<void> | undefined>();

/**
 * Remembers stylesheets that fail to load. Vite's loader asks for each stylesheet of a screen once, so without this a
 * screen that was opened offline would later be shown without its style.
 */
export function watchStylesheets(): void {
  document.addEventListener('error', noteMissing, { capture: true });
}

/** Loads again what did not arrive. Rejects if a stylesheet is still out of reach. */
export async function loadMissingStylesheets(): Promise<void> {
  await Promise.all([...missing.keys()].map(loadAgain));
}

function noteMissing({ target }: Event): void {
  if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return;
  missing.set(target.href, undefined);
  target.remove();
}

function loadAgain(href: string): Promise<void> {
  const attempt = missing.get(href) ?? appendStylesheet(href);
  missing.set(href, attempt);
  return attempt;
}

/** A failure is noted by the listener, like the first one. */
function appendStylesheet(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => {
      missing.delete(href);
      resolve();
    };
    link.onerror = () => reject(new Error(`The stylesheet ${href} could not be loaded.`));
    document.head.append(link);
  });
}
