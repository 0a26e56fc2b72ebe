import { useSyncExternalStore } from 'react';
import { isTheme, type Theme } from '#domain/theme.ts';

const cookieName = 'drop-theme';
const cookieSeconds = 365 * 24 * 60 * 60;

const root = document.documentElement;
const listeners = new Set<() => void>();
const stored = new RegExp(`(?:^|; )${cookieName}=([a-z]+)`).exec(document.cookie)?.[1];
/** The server writes the same choice into the page, so that no other colours flash before this script runs. */
let current: Theme = isTheme(stored) ? stored : 'auto';

/** The colours of the browser's own bars, for light and dark, as the page brings them. */
const bars = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')].map((meta) => ({
  meta,
  content: meta.content,
  isDark: meta.media.includes('dark'),
}));

/**
 * Applies the choice to what the server does not write, and to a page that was kept for use without a network. Prints
 * in light colours, because paper is white.
 */
export function startTheme(): void {
  paint(current);
  colourBars();
  window.addEventListener('beforeprint', () => paint('light'));
  window.addEventListener('afterprint', () => paint(current));
}

/** Shows the colours at once, and keeps the choice on this device for a year. `auto` keeps none. */
export function chooseTheme(theme: Theme): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const seconds = theme === 'auto' ? 0 : cookieSeconds;
  document.cookie = `${cookieName}=${theme}; Path=/; Max-Age=${seconds}; SameSite=Lax${secure}`;
  current = theme;
  paint(theme);
  colourBars();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => current);
}

function paint(theme: Theme): void {
  root.dataset['colorScheme'] = theme;
}

function colourBars(): void {
  const chosen = bars.find(({ isDark }) => isDark === (current === 'dark'))?.content;
  for (const { meta, content } of bars) meta.content = current === 'auto' ? content : (chosen ?? content);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
