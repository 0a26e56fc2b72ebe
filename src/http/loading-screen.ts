import { createHash } from 'node:crypto';
import type { Locale } from '#domain/locale.ts';
import type { FrontWords } from './contract/front-words.ts';
import { servedFront, servedFrontStyle } from './served-front.ts';

const words: Record<Locale, { loading: string; slow: string; reload: string }> = {
  nb: { loading: 'Laster …', slow: 'Kommer det ikke noe?', reload: 'Last siden på nytt' },
  en: { loading: 'Loading …', slow: 'Is nothing happening?', reload: 'Reload the page' },
};

/** The colours and sizes of `web/kit/theme`, repeated here because its stylesheet arrives later than the page. */
const style = `
[data-color-scheme=auto]{color-scheme:light dark}
[data-color-scheme=dark]{color-scheme:dark}
body{margin:0;background:#f8f5ee;background:light-dark(#f8f5ee,#0d1614)}
#loading{font:1.0625rem/1.55 system-ui,sans-serif;color:#14231f;color:light-dark(#14231f,#eef2ee)}
#loading path{fill:#0f4c43;fill:light-dark(#0f4c43,#8fd3c2)}
#loading>div{display:flex;align-items:center;gap:.375rem;max-width:68rem;min-height:4rem}
#loading>div{margin:0 auto;padding:0 1.25rem}
#loading b{font-size:1.5rem;letter-spacing:-.045em;line-height:1}
#loading p{max-width:45.5rem;margin:1.5rem auto;padding:0 1.25rem}
#loading i{display:block;max-width:45.5rem;height:6rem;margin:.75rem auto;border-radius:16px}
#loading i{width:calc(100% - 2.5rem);background:#e8e1d2;background:light-dark(#e8e1d2,#24342f)}
#loading span{display:block;visibility:hidden;animation:slow 0s 10s forwards}
#loading span a{display:inline-block;padding:.6rem 0;color:inherit}
@keyframes slow{to{visibility:visible}}
@media (min-width:54rem){#loading>div{min-height:4.75rem}}
@media (scripting:none){#loading{display:none}}
${servedFrontStyle}`;

/** The source that allows the style of the loading screen in the content security policy. */
export const loadingStyleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

interface Loading {
  locale: Locale;
  /** The words of a visitor's front page, where that is shown. */
  front?: FrontWords | undefined;
  /** Where the link leads that is shown when nothing has come for a while; empty for the page itself. */
  reload: '' | '/';
}

/**
 * The content of the page until the web app starts: the logo, and the words of a visitor's front page where `front` has
 * them, else a word and the outline of a screen. It needs neither the stylesheet nor the scripts. The app removes the
 * element `loading`: an outline when its frame is there, and the front page when its own can take the place.
 */
export function loadingScreen({ locale, front, reload }: Loading): string {
  const header = `<div>${logo}<b>Drop</b></div>`;
  const { loading, slow, reload: label } = words[locale];
  const help = `<span>${slow} <a href="${reload}">${label}</a></span>`;
  const outline = `<p role="status">${loading} ${help}</p><i></i><i></i>`;
  const screen = front ? servedFront(front) : outline;
  return `<style>${style}</style><div id="loading"${front ? ' data-served' : ''}>${header}${screen}</div>`;
}

const logo =
  '<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">' +
  '<path d="M16 2.5c6 6.4 10.4 11.4 10.4 16.8a10.4 10.4 0 0 1-20.8 0C5.6 13.9 10 8.9 16 2.5z"/>' +
  '<circle fill="#e0673a" cx="20" cy="20" r="3.3"/></svg>';
