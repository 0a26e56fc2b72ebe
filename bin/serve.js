// `npm run serve`: the server alone, configured by the environment.
import { onPinnedNode } from './pinned-node.js';

await onPinnedNode(import.meta.url, async () => {
  const { prepareStartup } = await import('./startup.js');
  prepareStartup();
  const { serve } = await import('../src/process/serve.ts');
  await serve();
});
