import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the bundle as Vite's manifest describes it (https://vite.dev/guide/backend-integration). */
interface BundledFile {
  file: string;
  imports?: string[];
  css?: string[];
}

export type BundleManifest = Readonly<Record<string, BundledFile>>;

/** The screens of the front page: for visitors, and for a browser that sends a session. */
export type FirstScreen = 'front-page' | 'overview';

const entry = 'index.html';

/** Vite's manifest of the bundle in `directory`; undefined if it was built without one. */
export async function readManifest(directory: string): Promise<BundleManifest | undefined> {
  const content = await readFile(join(directory, '.vite', 'manifest.json'), 'utf8').catch(() => undefined);
  return content === undefined ? undefined : (JSON.parse(content) as BundleManifest);
}

/** What the overview reads. The browser gives each answer once, to the app's own request for it, and keeps none. */
const firstReads: Record<FirstScreen, readonly string[]> = {
  'front-page': [],
  overview: ['me', 'accounts', 'payments', 'bank-connections', 'payment-draft'],
};

/**
 * Links by which a browser fetches the files of a screen, and what it reads, together with the app. Without them it
 * would learn of both only from the app, one round trip later.
 */
export function firstScreenLinks(manifest: BundleManifest, screen: FirstScreen): string {
  const started = new Set(filesOf(manifest, entry));
  const files = filesOf(manifest, `customer/home/${screen}.tsx`)
    .filter((file) => !started.has(file))
    .map((file) => `<link ${file.endsWith('.css') ? styleLink : scriptLink} crossorigin href="/${file}" />`);
  const reads = firstReads[screen].map((name) => `<link ${readLink} crossorigin href="/api/${name}" />`);
  return [...reads, ...files].join('');
}

const styleLink = 'rel="preload" as="style"';
const scriptLink = 'rel="modulepreload"';
const readLink = 'rel="preload" as="fetch"';

/** The scripts that `module` needs before it can run, and their stylesheets. */
export function filesOf(manifest: BundleManifest, module: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const bundled = manifest[name];
    if (seen.has(name) || bundled === undefined) return;
    seen.add(name);
    bundled.imports?.forEach(visit);
    for (const file of [...(bundled.css ?? []), bundled.file]) found.add(file);
  };
  visit(module);
  return [...found];
}
