// `npm run prepare`: makes beforehand what the next starts need. An install must not fail for it: without it a start
// is only slower.
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheDirectory, installationStamp } from './startup.js';

const start = promisify(execFile);
const pinned = realpathSync(fileURLToPath(new URL('../node_modules/', import.meta.url)));
if (!process.execPath.startsWith(pinned)) {
  const platform = `${process.platform}-${process.arch}`;
  process.stderr.write(
    `Drop runs on Node ${process.versions.node}: its own was not installed (${platform}).\n`,
  );
}
const [nodeMajor] = process.versions.node.split('.').map(Number);
const stamp = installationStamp();

async function run(path, ...parameters) {
  const program = fileURLToPath(new URL(path, import.meta.url));
  try {
    await start(process.execPath, [program, ...parameters]);
    return true;
  } catch ({ stderr }) {
    process.stderr.write(`Drop will start more slowly: ${path} failed.\n${stderr}\n`);
    return false;
  }
}

async function prepareModules() {
  const isBundled = await run('../scripts/bundle-dependencies.ts', cacheDirectory, stamp);
  if (isBundled) await run('./compile.js');
}

if (nodeMajor >= 24 && stamp !== undefined) {
  await Promise.all([prepareModules(), run('../scripts/prepare-cluster.ts')]);
}
