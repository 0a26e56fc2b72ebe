import type { EnvironmentWords } from './contract/front-words.ts';
import type { App } from './contract/system.ts';
import { escapeText } from './escape-text.ts';

/** The sizes and colours of `.environment` in `web/kit/theme/shell.css`, so that the app moves nothing. */
export const servedBannerStyle = `
#loading .note { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0 .75rem;
  padding: .25rem 1rem; text-align: center; font-size: .8125rem; font-weight: 550; line-height: 1.5;
  color: light-dark(#4a2411,#f6dccf); background: light-dark(#fbeee5,#33201a);
  border-bottom: 1px solid light-dark(#eecbb6,#6b4433) }
#loading .note p { max-width: none; margin: 0; padding: 0 }
#loading .note p::before { content: ''; display: inline-block; width: .5rem; height: .5rem; margin-right: .5rem;
  border-radius: 50% 0 50% 50%; rotate: -45deg; background: #e0673a }
#loading .note:has(span) { padding-block: 0 }
#loading .note span { min-height: 2.75rem; padding: 0 .5rem; visibility: hidden }
@media (min-width: 15.01em) { #loading .note:has(span) { flex-wrap: nowrap } #loading .note span { flex: none } }
@media (prefers-contrast: more) { #loading .note { border-bottom-color: currentcolor } }
@media (forced-colors: active) { #loading .note { border: 1px solid CanvasText } }`;

/** The banner of an environment without real money. The button beside it needs a script, so only its room is there. */
export function servedBanner({ serviceMode, environment, hasStage }: App, words: EnvironmentWords): string {
  const kind = serviceMode === 'mock' ? 'mock' : environment;
  if (kind === 'production') return '';
  const stage = hasStage ? `<span>${escapeText(words.stage)}</span>` : '';
  return `<div class="note"><p role="note">${escapeText(words[kind])}</p>${stage}</div>`;
}
