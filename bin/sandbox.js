// `npm start`.
import { prepareStartup } from './startup.js';

prepareStartup();
const { runSandbox } = await import('../src/sandbox/run.ts');
await runSandbox(process.argv.slice(2));
