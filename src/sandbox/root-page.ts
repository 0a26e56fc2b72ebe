import { html } from 'hono/html';
import type { Locale } from '#domain/locale.ts';
import type { Emulator } from '#emulation/emulator.ts';
import { faultEffects, type Faults } from '#emulation/faults.ts';
import { pageLanguage } from '#emulation/page-language.ts';
import { aboutPath, sandboxPage, type Html } from '#emulation/page.ts';
import type { Handler } from '#http/listen.ts';
import { holdingsOf } from './holdings.ts';
import { rootTexts } from './root-texts.ts';

/** What a person reads at the address of an emulator. */
export interface RootPage {
  /** The provider's name. */
  title: string;
  appOrigin: string;
  emulator: Pick<Emulator, 'state' | 'actions'>;
  faults: Pick<Faults, 'operations' | 'codes' | 'list'>;
  /** What the service is for. */
  about: Record<Locale, string> | undefined;
}

/**
 * Answers a browser with a page of what the emulator is, what it holds and which faults can be set: at `/about`, and at
 * `/` where it has no page of its own.
 */
export function withRootPage(handler: Handler, page: RootPage): Handler {
  return async (incoming, bindings) => {
    const answer = await handler(incoming, bindings);
    const isAsked = incoming.method === 'GET' && ['/', aboutPath].includes(new URL(incoming.url).pathname);
    if (answer.status !== 404 || !isAsked || !isBrowser(incoming)) return answer;
    return new Response(`${await rootPage(pageLanguage(incoming), page)}`, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    });
  };
}

function isBrowser({ headers }: Request): boolean {
  return (headers.get('accept') ?? '').includes('text/html');
}

function rootPage(language: Locale, { title, appOrigin, emulator, faults, about }: RootPage): Html {
  const words = rootTexts[language];
  const heading = words.heading(title);
  const actions = Object.keys(emulator.actions ?? {});
  const body = html`<h1>${heading}</h1>
    ${about ? html`<p>${about[language]}</p>` : ''}
    <p class="note">${words.what}</p>
    <p><a class="button" href="${appOrigin}">${words.toApp}</a></p>
    <h2>${words.holds}</h2>
    ${holdings(emulator, language)}
    <h2>${words.faults}</h2>
    <p class="note">${words.how}</p>
    ${setFaults(faults, language)}
    <h3>${words.operations}</h3>
    ${names(faults.operations)}
    <h3>${words.effects}</h3>
    ${names(faultEffects)} ${faults.codes.length > 0 ? codes(faults.codes, words.codes) : ''}
    ${actions.length > 0 ? html`<h3>${words.actions}</h3>` : ''} ${names(actions)}`;
  return sandboxPage(heading, body, { language });
}

function holdings(emulator: RootPage['emulator'], language: Locale): Html {
  const rows = holdingsOf(emulator.state(), language);
  if (rows.length === 0) return html`<p class="note">${rootTexts[language].holdsNothing}</p>`;
  return html`<dl>
    ${rows.map(
      ([name, count]) =>
        html`<dt>${name}</dt>
          <dd>${count}</dd>`,
    )}
  </dl>`;
}

function setFaults(set: RootPage['faults'], language: Locale): Html {
  const words = rootTexts[language];
  const faults = set.list();
  if (faults.length === 0) return html`<p>${words.noFault}</p>`;
  return html`<p>${words.setNow}</p>
    ${names(faults.map(({ operation, effect, status }) => `${operation} ${effect === 'status' ? status : effect}`))}`;
}

/** Some services have dozens. */
function codes(all: readonly string[], title: string): Html {
  return html`<details>
    <summary>${title} (${all.length})</summary>
    ${names(all)}
  </details>`;
}

function names(all: readonly string[]): Html {
  if (all.length === 0) return html``;
  return html`<ul class="names">
    ${all.map((name) => html`<li><code>${name}</code></li>`)}
  </ul>`;
}
