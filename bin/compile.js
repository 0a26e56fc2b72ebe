// Second step of `npm run prepare`: compiles everything that a start loads into the compile cache.
import { globSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { prepareStartup } from './startup.js';

prepareStartup();
await import('../src/sandbox/run.ts');
await import('../src/sandbox/assemble.ts');
await import('../src/process/serve.ts');
await import('pg-boss');
// A service's definition imports these by itself, in the sandbox or in mock mode.
const root = fileURLToPath(new URL('../', import.meta.url));
const later = globSync(['src/services/**/emulator/{start,emulator}.ts', 'src/services/**/mock.ts'], {
  cwd: root,
});
for (const path of later) await import(new URL(`../${path}`, import.meta.url).href);
flushCompileCache();
process.exit();
