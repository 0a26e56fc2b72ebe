// `npm run serve`: the server alone, configured by the environment. Why JavaScript: see sandbox.js.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/drop', import.meta.url)));
const { serve } = await import('../src/serving.ts');
await serve();
