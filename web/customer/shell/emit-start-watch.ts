import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const source = join(import.meta.dirname, 'start-watch.ts');

/** Adds `start-watch.js`, with all that it imports, to the bundle and to the page. */
export const startWatch: Plugin = {
  name: 'start-watch',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'script', attrs: { async: true, src: '/start-watch.js' }, injectTo: 'head' },
  ],
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'start-watch.js', source: await inOneFile() });
  },
};

async function inOneFile(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, rolldownOptions: { input: source, output: { format: 'iife' } } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('start-watch.ts was not built');
  return output.output[0].code;
}
