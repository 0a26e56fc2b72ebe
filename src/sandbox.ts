// `npm start`. The cache makes every start but the first about twice as fast; it goes with node_modules.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/drop', import.meta.url)));
const { runSandbox } = await import('./sandbox/run.ts');
await runSandbox(process.argv.slice(2));
