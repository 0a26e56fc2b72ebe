import { html } from 'hono/html';
import { localeFromHeader, type Locale } from '#domain/locale.ts';
import { sandboxPage } from '#emulation/page.ts';
import type { Handler } from '#http/listen.ts';

/** What a person reads at the address of an emulator. */
export interface RootPage {
  /** The provider's name. */
  title: string;
  appOrigin: string;
}

const texts: Record<Locale, { heading: (title: string) => string; what: string; toApp: string }> = {
  nb: {
    heading: (title) => `${title} i sandkassen`,
    what: 'Her svarer en etterligning av tjenesten. Drop kaller den som den ekte. Ingenting her er ekte.',
    toApp: 'Til Drop',
  },
  en: {
    heading: (title) => `${title} in the sandbox`,
    what: 'An emulator of the service answers here. Drop calls it like the real one. Nothing here is real.',
    toApp: 'To Drop',
  },
};

/** Answers a browser at `/` with a page that says what is here, where the emulator has no page of its own. */
export function withRootPage(handler: Handler, page: RootPage): Handler {
  return async (incoming, bindings) => {
    const answer = await handler(incoming, bindings);
    const isAsked = incoming.method === 'GET' && new URL(incoming.url).pathname === '/';
    if (answer.status !== 404 || !isAsked || !isBrowser(incoming)) return answer;
    return new Response(`${await rootPage(incoming, page)}`, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  };
}

function isBrowser({ headers }: Request): boolean {
  return (headers.get('accept') ?? '').includes('text/html');
}

function rootPage({ headers }: Request, { title, appOrigin }: RootPage) {
  const language = localeFromHeader(headers.get('accept-language') ?? undefined);
  const words = texts[language];
  const heading = words.heading(title);
  const body = html`<h1>${heading}</h1>
    <p>${words.what}</p>
    <p><a class="button" href="${appOrigin}">${words.toApp}</a></p>`;
  return sandboxPage(heading, body, { language });
}
