// `npm run e2e:engines [firefox|webkit]`: the whole journey in browsers with other engines than Chromium's.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../support/sandbox.ts';
import { root } from '../tidy/tree.ts';
import { Customer } from './customer.ts';
import type { Engine } from './engine.ts';
import { payForTheFirstTime } from './journey.ts';
import { engines, type EngineName } from './programs.ts';

const pictures = join(root, 'test-results/engines');
const phone = { width: 390, height: 844 };

async function carryOut(name: EngineName): Promise<string[]> {
  const folder = join(pictures, name);
  await mkdir(folder, { recursive: true });
  const sandbox = await startSandbox();
  let engine: Engine | undefined;
  try {
    engine = await engines[name]();
    print(`${engine.name} ${engine.version}`);
    await engine.resize(phone.width, phone.height);
    const customer = new Customer(engine, (picture) => join(folder, `${picture}.png`));
    try {
      await payForTheFirstTime(customer, sandbox.appOrigin, (step) => print(`  ✓ ${step}`));
    } catch (error) {
      await engine.picture(join(folder, 'failed.png'));
      throw error;
    }
    return customer.faults;
  } finally {
    await engine?.close();
    await sandbox.remove();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const asked = process.argv.slice(2);
const names = (Object.keys(engines) as EngineName[]).filter(
  (name) => asked.length === 0 || asked.includes(name),
);
if (names.length === 0) {
  print(`Usage: npm run e2e:engines [-- ${Object.keys(engines).join('|')}]`);
  process.exit(2);
}
await rm(pictures, { recursive: true, force: true });
let failed = 0;
for (const name of names) {
  try {
    const faults = await carryOut(name);
    for (const fault of faults) print(`  ✗ ${fault}`);
    if (faults.length > 0) failed += 1;
  } catch (error) {
    print(`  ✗ ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    failed += 1;
  }
}
print(`\n${names.length - failed} passed, ${failed} failed; the pictures are in test-results/engines`);
process.exitCode = failed > 0 ? 1 : 0;
