#!/usr/bin/env node
// `npx drop`: the command line.
import { onPinnedNode } from './pinned-node.js';

await onPinnedNode(import.meta.url, async () => {
  const { prepareStartup } = await import('./startup.js');
  prepareStartup();
  await import('../src/cli/main.ts');
});
