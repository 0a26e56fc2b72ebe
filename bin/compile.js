// Second step of `npm run prepare`: compiles everything that a start loads into the compile cache.
import { flushCompileCache } from 'node:module';
import { prepareStartup } from './startup.js';

prepareStartup();
await import('../src/sandbox/run.ts');
await import('../src/sandbox/assemble.ts');
await import('../src/process/serve.ts');
await import('pg-boss');
flushCompileCache();
process.exit();
