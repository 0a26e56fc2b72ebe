import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transformWithOxc, type Plugin, type Rollup } from 'vite';

const source = join(import.meta.dirname, 'service-worker.ts');

/** Adds `service-worker.js` to the bundle, with the names of the first screen's files, the entry first. */
export const serviceWorker: Plugin = {
  name: 'service-worker',
  generateBundle: {
    order: 'post',
    async handler(_, bundle) {
      const files = shellFiles(bundle).map((file) => `/${file}`);
      const { code } = await transformWithOxc(await readFile(source, 'utf8'), source);
      const version = createHash('sha256').update(code).update(files.join()).digest('hex').slice(0, 12);
      const shell = `const shell = ${JSON.stringify({ version, files })};\n`;
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: shell + code });
    },
  },
};

/** The entry, the scripts that it imports at once, their stylesheets, the typeface, and the texts of each language. */
function shellFiles(bundle: Rollup.OutputBundle): string[] {
  const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
  if (entry?.type !== 'chunk') throw new Error('the bundle has no entry');
  const scripts = [entry.fileName, ...importsOf(entry, bundle)];
  const styles = scripts.flatMap((name) => {
    const chunk = bundle[name];
    return chunk?.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : [];
  });
  const typeface = Object.keys(bundle).filter((name) => /schibsted-grotesk-latin-wght.*\.woff2$/.test(name));
  const languages = Object.values(bundle).flatMap((file) =>
    file.type === 'chunk' && /\/texts\/[a-z]{2}\.ts$/.test(file.facadeModuleId ?? '') ? [file.fileName] : [],
  );
  return [...new Set([...scripts, ...styles, ...typeface, ...languages])];
}

function importsOf(chunk: Rollup.OutputChunk, bundle: Rollup.OutputBundle): string[] {
  return chunk.imports.flatMap((name) => {
    const imported = bundle[name];
    return imported?.type === 'chunk' ? [name, ...importsOf(imported, bundle)] : [];
  });
}
