// The process of `npx drop drill`, whose clock is not the machine's. Its parameter is JSON (src/drill/run.ts).
import { prepareStartup } from './startup.js';

prepareStartup();
const { runDrill } = await import('../src/drill/run.ts');
await runDrill(process.argv[2] ?? '');
