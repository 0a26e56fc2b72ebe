import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Locale } from '#domain/locale.ts';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';
import { fixedFile } from './fixed-file.ts';

const descriptions: Record<Locale, string> = {
  nb: 'Betal rett fra kontoen i din egen bank.',
  en: 'Pay straight from the account at your own bank.',
};

/** `maskable`: the device cuts its own shape out of the picture. */
const icons = [
  { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
  { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
];
const iconPaths = ['/icon-180.png', ...icons.map(({ src }) => src)];

/**
 * What a browser needs to install the app: the manifest, the icons (made by `npm run app-icons`), and the service
 * worker, which is asked for again at each visit. Their names do not change with their content.
 */
export function installable(app: OpenAPIHono<HttpEnvironment>, { webShell }: HttpDependencies): void {
  app.get('/manifest.webmanifest', (c) => {
    const lang = c.get('locale');
    const manifest = {
      id: '/',
      name: 'Drop',
      short_name: 'Drop',
      description: descriptions[lang],
      lang,
      start_url: '/',
      scope: '/',
      display: 'standalone',
      background_color: '#f8f5ee',
      theme_color: '#f8f5ee',
      icons,
    };
    const headers = { 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' };
    return c.body(JSON.stringify(manifest), 200, headers);
  });
  fixedFile(app, webShell, { path: '/service-worker.js', cacheControl: 'no-cache' });
  for (const path of iconPaths) fixedFile(app, webShell, { path, cacheControl: 'public, max-age=86400' });
}
