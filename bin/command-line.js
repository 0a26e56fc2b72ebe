// The command line; `bin/drop.js` starts it on the Node that the project pins.
import { prepareStartup } from './startup.js';

prepareStartup();
await import('../src/cli/main.ts');
