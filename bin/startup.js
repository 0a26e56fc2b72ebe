// What makes a start fast: loading a thousand files is most of it. `npm run prepare` (which npm itself runs after an
// install) has put the dependencies together in a few files, and compiled them; see docs/decisions/0018. JavaScript,
// so that Node's type stripper is not loaded before the compile cache is on.
import { readFileSync, statSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const installed = new URL('../node_modules/', import.meta.url);

/** The directory of everything that is prepared; goes with node_modules. */
export const cacheDirectory = fileURLToPath(cacheOf(installed));

/** Says which dependencies are installed: npm writes this file anew whenever that changes. Undefined without npm. */
export function installationStamp(modules = installed) {
  const file = statSync(new URL('.package-lock.json', modules), { throwIfNoEntry: false });
  return file && `${Math.round(file.mtimeMs)}:${file.size}`;
}

/** Call before anything of Drop is imported. Without prepared files everything is loaded from where npm put it. */
export function prepareStartup(modules = installed) {
  const cache = cacheOf(modules);
  enableCompileCache(fileURLToPath(new URL('compiled/', cache)));
  const bundles = preparedBundles(modules);
  if (!bundles) return;
  registerHooks({
    resolve(specifier, context, next) {
      const bundle = Object.hasOwn(bundles, specifier) ? bundles[specifier] : undefined;
      // What a dependency asks for by itself it gets as ever.
      if (!bundle || context.parentURL?.includes('/node_modules/')) return next(specifier, context);
      return { url: new URL(bundle, cache).href, format: 'module', shortCircuit: true };
    },
  });
}

function cacheOf(modules) {
  return new URL('.cache/drop/', modules);
}

function preparedBundles(modules) {
  try {
    const manifest = JSON.parse(readFileSync(new URL('dependencies.json', cacheOf(modules)), 'utf8'));
    return manifest.stamp === installationStamp(modules) ? manifest.bundles : undefined;
  } catch {
    return undefined;
  }
}
