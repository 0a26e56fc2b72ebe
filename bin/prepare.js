// `npm run prepare`: makes beforehand what the next starts need. An install must not fail for it: without it a start
// is only slower.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cacheDirectory, installationStamp } from './startup.js';

const [nodeMajor] = process.versions.node.split('.').map(Number);
const stamp = installationStamp();

function run(path, ...parameters) {
  const program = fileURLToPath(new URL(path, import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [program, ...parameters], { encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`Drop will start more slowly: ${path} failed.\n${stderr}\n`);
  return status === 0;
}

if (nodeMajor >= 24 && stamp !== undefined) {
  const isBundled = run('../scripts/bundle-dependencies.ts', cacheDirectory, stamp);
  if (isBundled) run('./compile.js');
}
