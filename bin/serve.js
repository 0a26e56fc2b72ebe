// `npm run serve`: the server alone, configured by the environment.
import { prepareStartup } from './startup.js';

prepareStartup();
const { serve } = await import('../src/process/serve.ts');
await serve();
