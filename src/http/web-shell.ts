import { readFile, stat } from 'node:fs/promises';
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

/** The parts of the bundle that the server keeps in memory. */
interface Bundle {
  index: string;
  manifest: BundleManifest | undefined;
  frontWords: Awaited<ReturnType<typeof readFrontWords>>;
}

/**
 * `ready` resolves when the bundle in `directory` is built. One that is built anew meanwhile is served from then on:
 * the files that the page before it names are gone.
 */
export function createWebShell(directory: string, ready: Promise<unknown> = Promise.resolve()): WebShell {
  let kept: { bundle: Bundle; builtAt: string } | undefined;

  async function read(): Promise<Bundle> {
    await ready;
    const builtAt = await timesOf(directory);
    if (kept !== undefined && (builtAt === undefined || builtAt === kept.builtAt)) return kept.bundle;
    try {
      kept = { bundle: await readBundle(directory), builtAt: builtAt ?? '' };
    } catch (error) {
      // A build is replacing the files.
      if (kept === undefined) throw error;
    }
    return kept.bundle;
  }

  return {
    directory,
    async page({ locale, theme, app, firstScreen }, problem) {
      const { index, manifest, frontWords } = await read();
      const words = frontWords?.[locale];
      const front = firstScreen === 'front-page' && !problem ? words?.front : undefined;
      const banner = app && words ? servedBanner(app, words.environment) : '';
      const links = firstScreen && manifest ? firstScreenLinks(manifest, firstScreen) : '';
      const html = index
        .replace(/<html lang="\w+"/, `<html lang="${locale}"`)
        .replace('data-color-scheme="auto"', `data-color-scheme="${theme}"`)
        .replace('</head>', () => `${links}</head>`)
        .replace(loadingPlace, () => loadingScreen({ locale, front, banner, reload: problem ? '/' : '' }));
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

/** When the page and the manifest were written; undefined while a build is replacing them. */
async function timesOf(directory: string): Promise<string | undefined> {
  const written = ['index.html', '.vite/manifest.json'].map((name) => stat(join(directory, name)));
  const [index, manifest] = await Promise.allSettled(written);
  if (index?.status !== 'fulfilled') return undefined;
  return `${index.value.mtimeMs} ${manifest?.status === 'fulfilled' ? manifest.value.mtimeMs : ''}`;
}

async function readBundle(directory: string): Promise<Bundle> {
  const [index, manifest, frontWords] = await Promise.all([
    readFile(join(directory, 'index.html'), 'utf8').catch((cause: unknown) => {
      throw new DropError('internal_error', { message: 'the web app is not built: npm run build', cause });
    }),
    readManifest(directory),
    readFrontWords(directory),
  ]);
  return { index, manifest, frontWords };
}
