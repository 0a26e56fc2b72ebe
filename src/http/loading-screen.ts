import { createHash } from 'node:crypto';
import type { Locale } from '#domain/locale.ts';
import type { FrontWords } from './contract/front-words.ts';
import { fallbackFont, fallbackFontFaces } from './fallback-font.ts';
import { servedBannerStyle } from './served-banner.ts';
import { servedMark } from './served-drawings.ts';
import { servedFrontStyle } from './served-front-style.ts';
import { servedFront } from './served-front.ts';

const words: Record<Locale, { loading: string; slow: string; reload: string }> = {
  nb: { loading: 'Laster …', slow: 'Kommer det ikke noe?', reload: 'Last siden på nytt' },
  en: { loading: 'Loading …', slow: 'Is nothing happening?', reload: 'Reload the page' },
};

/**
 * The colours and sizes of `web/kit/theme`, repeated here because its stylesheet arrives later than the page. The
 * typeface is left to the app: its 48 kB would take the line from the scripts.
 */
const readable = `
[data-color-scheme=auto] { color-scheme: light dark }
[data-color-scheme=dark] { color-scheme: dark }
body { margin: 0; background: #f8f5ee; background: light-dark(#f8f5ee,#0d1614) }
#loading { --ink: light-dark(#14231f,#eef2ee); --soft: light-dark(#55594f,#aebbb5);
  --fjord: light-dark(#0f4c43,#8fd3c2); --gutter: min(1.25rem,5.2vw);
  font: 1.0625rem/1.55 '${fallbackFont}',system-ui,sans-serif;
  color: #14231f; color: var(--ink); -webkit-text-size-adjust: 100%; -webkit-font-smoothing: antialiased }
#loading header path { fill: #0f4c43; fill: var(--fjord) }
#loading .name { display: flex; align-items: center; gap: .375rem; max-width: 68rem; min-height: 4rem;
  box-sizing: border-box; margin: 0 auto; padding: 0 var(--gutter) }
#loading .name svg { margin-left: -.3125rem }
#loading header b { font-size: 1.5rem; font-weight: 750; letter-spacing: -.045em; line-height: 1 }
#loading>p { max-width: 68rem; box-sizing: border-box; margin: 1.5rem auto; padding: 0 var(--gutter) }
#loading>i { display: block; max-width: 65.5rem; width: calc(100% - 2*var(--gutter)); height: 6rem;
  margin: .75rem auto; border-radius: 16px; background: #e8e1d2; background: light-dark(#e8e1d2,#24342f) }
#loading>p span { display: block; visibility: hidden; animation: slow 0s 10s forwards }
#loading>p span a { display: inline-block; padding: .6rem 0; color: inherit }
@keyframes slow { to { visibility: visible } }
@media (min-width: 54rem) { #loading .name { min-height: 4.75rem } }
@media (prefers-contrast: more) {
  #loading { --ink: light-dark(#000,#fff); --soft: var(--ink); --fjord: light-dark(#08302a,#c0eadf) }
}
@media (scripting: none) { #loading { display: none } }
${fallbackFontFaces}${servedBannerStyle}${servedFrontStyle}`;
const style = readable
  .replaceAll(/\s+/g, ' ')
  .replaceAll(/ ?([{};,>]) ?/g, '$1')
  .replaceAll(': ', ':');

/** The source that allows the style of the loading screen in the content security policy. */
export const loadingStyleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

interface Served {
  locale: Locale;
  /** The words of a visitor's front page, where that is the screen. */
  front?: FrontWords | undefined;
  /** Above the logo. */
  banner?: string;
  /** The address of the link that is shown when nothing has come for a while; empty for the page itself. */
  reload: '' | '/';
}

/**
 * The content of the page until the web app starts: the banner, the logo, and a visitor's front page where `front` has
 * its words, else a word and the outline of a screen. It needs neither the stylesheet nor the scripts. The app removes
 * the element `loading`: an outline when its frame is there, and the front page when its own can take the place.
 */
export function loadingScreen({ locale, front, banner = '', reload }: Served): string {
  const header = `<header>${banner}<div class="name">${servedMark(28)}<b>Drop</b></div></header>`;
  const { loading, slow, reload: label } = words[locale];
  const help = `<span>${slow} <a href="${reload}">${label}</a></span>`;
  const outline = `<p role="status">${loading} ${help}</p><i></i><i></i>`;
  const screen = front ? servedFront(front) : outline;
  return `<style>${style}</style><div id="loading"${front ? ' data-served' : ''}>${header}${screen}</div>`;
}
