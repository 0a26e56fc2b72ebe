// `npm run serve`: the server alone, configured by the environment.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/drop', import.meta.url)));
const { serve } = await import('./serving.ts');
await serve();
