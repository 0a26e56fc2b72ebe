// First step of `npm run prepare`: puts the dependencies that a start loads together in a few files. Parameters: the
// directory for them, and the stamp of the installation that they belong to.
import { globSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [cacheDirectory = '', stamp = ''] = process.argv.slice(2);
const cwd = fileURLToPath(new URL('../', import.meta.url));
/** Emulators are imported by their definitions, in the sandbox only. */
const emulators = globSync('src/services/**/emulator/{start,emulator}.ts', { cwd });
const entries = ['src/sandbox/run.ts', 'src/sandbox/assemble.ts', 'src/process/serve.ts', ...emulators];
const ownFiles = new URL('../src/', import.meta.url).href;
const prefix = 'dependencies-';

/** The packages, by the names under which Drop's own files import them while it starts, with what each exports. */
async function importedPackages(): Promise<Map<string, string[]>> {
  const specifiers = new Set<string>();
  registerHooks({
    resolve(specifier, context, next) {
      const isPackage = /^(@[\w-]+\/)?[\w-]/.test(specifier) && !specifier.includes(':');
      if (isPackage && context.parentURL?.startsWith(ownFiles) === true) specifiers.add(specifier);
      return next(specifier, context);
    },
  });
  for (const entry of entries) await import(new URL(`../${entry}`, import.meta.url).href);
  const found = new Map<string, string[]>();
  for (const specifier of specifiers) {
    const exported = Object.keys((await import(specifier)) as object);
    found.set(
      specifier,
      exported.filter((name) => name !== 'module.exports'),
    );
  }
  return found;
}

/** The same name for both the entry and its file. */
function entryName(specifier: string): string {
  return specifier.replaceAll('/', '__');
}

async function bundle(packages: ReadonlyMap<string, string[]>, directory: string): Promise<void> {
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    input: Object.fromEntries([...packages.keys()].map((name) => [entryName(name), `\0entry:${name}`])),
    platform: 'node',
    external: ['pg-native'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'entries',
        resolveId: (id) => (id.startsWith('\0entry:') ? id : null),
        // Spelt out: of CommonJS the bundler would only see one export.
        load(id) {
          const name = id.startsWith('\0entry:') ? id.slice('\0entry:'.length) : undefined;
          return name === undefined ? null : `export { ${packages.get(name)?.join(', ')} } from '${name}';`;
        },
      },
    ],
  });
  await build.write({ dir: directory, format: 'esm' });
  await build.close();
}

const packages = await importedPackages();
const folder = `${prefix}${process.pid}-${Math.round(performance.timeOrigin)}`;
await bundle(packages, join(cacheDirectory, folder));
const bundles = Object.fromEntries(
  [...packages.keys()].map((name) => [name, `${folder}/${entryName(name)}.js`]),
);
mkdirSync(cacheDirectory, { recursive: true });
const partial = join(cacheDirectory, `${folder}.json`);
writeFileSync(partial, JSON.stringify({ stamp, bundles }));
renameSync(partial, join(cacheDirectory, 'dependencies.json'));
for (const name of readdirSync(cacheDirectory)) {
  if (name.startsWith(prefix) && name !== folder) rmSync(join(cacheDirectory, name), { recursive: true });
}
process.exit();
