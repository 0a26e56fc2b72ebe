// `npm start`.
import { onPinnedNode } from './pinned-node.js';

await onPinnedNode(import.meta.url, async () => {
  const { prepareStartup } = await import('./startup.js');
  prepareStartup();
  const { runSandbox } = await import('../src/sandbox/run.ts');
  await runSandbox(process.argv.slice(2));
});
