import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DropError } from '#domain/errors.ts';
import type { Problem } from './contract/problem.ts';
import type { App } from './contract/system.ts';
import { firstScreenLinks, readManifest, type BundleManifest } from './first-screen.ts';
import { readFrontWords } from './front-words.ts';
import { loadingScreen } from './loading-screen.ts';
import type { PageLook } from './page-look.ts';
import { servedBanner } from './served-banner.ts';

/** The web app's only page. */
export interface WebShell {
  readonly directory: string;
  /**
   * The page, with a loading screen in the language and the colours, and with links to what the screen that the look
   * names needs. A visitor's front page can be used at once. If it contains a problem, the app shows it instead of the
   * requested screen.
   */
  page(look: PageLook, problem?: Problem): Promise<string>;
}

/** The place of the loading screen in `web/index.html`. */
const loadingPlace = '<!-- loading -->';

/** `ready` resolves when the bundle in `directory` is built. */
export function createWebShell(directory: string, ready: Promise<unknown> = Promise.resolve()): WebShell {
  let index: string | undefined;
  let manifest: BundleManifest | undefined;
  let frontWords: Awaited<ReturnType<typeof readFrontWords>>;

  async function read(): Promise<string> {
    await ready;
    manifest ??= await readManifest(directory);
    frontWords ??= await readFrontWords(directory);
    index ??= await readFile(join(directory, 'index.html'), 'utf8').catch((cause: unknown) => {
      throw new DropError('internal_error', { message: 'the web app is not built: npm run build', cause });
    });
    return index;
  }

  return {
    directory,
    async page({ locale, theme, app, firstScreen }, problem) {
      const index = await read();
      const words = frontWords?.[locale];
      const front = firstScreen === 'front-page' && !problem ? words?.front : undefined;
      const banner = app && words ? servedBanner(app, words.environment) : '';
      const links = firstScreen && manifest ? firstScreenLinks(manifest, firstScreen) : '';
      const html = index
        .replace(/<html lang="\w+"/, `<html lang="${locale}"`)
        .replace('data-color-scheme="auto"', `data-color-scheme="${theme}"`)
        .replace('</head>', () => `${links}</head>`)
        .replace(loadingPlace, () => loadingScreen(locale, { front, banner }));
      const data = (app ? dataOf('drop-app', app) : '') + (problem ? dataOf('drop-problem', problem) : '');
      // A function, because `$` patterns in a replacement string would insert parts of the page.
      return html.replace('</body>', () => `${data}</body>`);
    },
  };
}

/** An element that the app reads by its id (`web/kit/api/in-page.ts`). */
function dataOf(id: string, value: App | Problem): string {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="${id}">${json}</script>`;
}
