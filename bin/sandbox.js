// `npm start`. JavaScript, so that Node's type stripper is not loaded before the compile cache is on; the cache holds
// the stripped modules and goes with node_modules.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/drop', import.meta.url)));
const { runSandbox } = await import('../src/sandbox/run.ts');
await runSandbox(process.argv.slice(2));
