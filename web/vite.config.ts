import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { frontWords } from './customer/home/emit-front-words.ts';
import { startWatch } from './customer/shell/emit-start-watch.ts';
import { serviceWorker } from './kit/service-worker/emit.ts';
import { layered } from './kit/theme/cascade-layers.ts';

/** Designsystemet does not declare that its component files are free of side effects, so unused ones would stay. */
const componentFiles = /node_modules\/@digdir\/designsystemet-react\//;
const sharedFiles =
  /web\/(kit\/(parts|locale)|customer\/(shell|accounts|payments))\/|@digdir\/designsystemet-react|aksel-icons/;
/** Forms, dialogs and what an identity needs are of screens that are opened later. */
const laterFiles = [
  /web\/kit\/parts\/(text-input|choice|confirm-dialog)/,
  /shell\/verify-first/,
  /esm\/components\/(dialog|field|input|select)/,
];
const isShared = (file: string) =>
  sharedFiles.test(file) && !laterFiles.some((pattern) => pattern.test(file));

const groups = [
  /** Packages stay the same when Drop has a new version, and the browser then keeps their file. */
  { name: 'packages', tags: ['$initial' as const], test: /node_modules.*js$/ },
  /** Together the rest of the start compresses better than in several files. */
  { name: 'start', tags: ['$initial' as const] },
  /** What the front page shares with screens that need much more. */
  { name: 'front', test: /web\/kit\/(parts\/(figures|notice)|locale\/format)|CheckmarkCircleFill\.js/ },
  /** Code that screens share goes to few files, instead of one for each icon. */
  { name: 'parts', test: isShared, minShareCount: 2 },
];

/**
 * A stylesheet in the head would hold back the loading screen, which brings its own style. At the end of the body it
 * holds back the scripts only, so the app never shows without it.
 */
const stylesheetsLast: Plugin = {
  name: 'stylesheets-last',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => {
      const links = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? [];
      return links
        .reduce((page, link) => page.replace(link, ''), html)
        .replace('</body>', `${links.join('')}</body>`);
    },
  },
};

/** Each script and stylesheet once more as Brotli, an eighth smaller than the gzip that the server makes each time. */
const compressedOnce: Plugin = {
  name: 'compressed-once',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (!/\.(js|css|svg)$/.test(file.fileName)) continue;
        const source = brotliCompressSync(file.type === 'chunk' ? file.code : file.source);
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source });
      }
    },
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), layered, stylesheetsLast, compressedOnce, frontWords, startWatch, serviceWorker],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    /** No data: URLs, so that the content security policy can allow Drop's own origin only. */
    assetsInlineLimit: 0,
    /** The server finds the first screen's files in it. */
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: componentFiles, sideEffects: false }] },
      output: {
        codeSplitting: { groups },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': 'http://localhost:3000' },
    fs: { allow: ['..'] },
  },
});
