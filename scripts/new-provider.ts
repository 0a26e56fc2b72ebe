// `npm run new-provider -- <id> ["<Display Name>"]`: begins a provider of open banking with a copy of the reference.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exportOf, referenceFolders, withNames, type ProviderNames } from '../test/recipe/reference.ts';

const list = 'src/services/open-banking/providers.ts';

/** Copies the reference under the new names and adds the provider to the list. Resolves with the paths it wrote. */
async function begin(root: string, names: ProviderNames): Promise<string[]> {
  const written: string[] = [];
  for (const [from, to] of Object.entries(referenceFolders)) {
    const folder = to(names.id);
    if (await exists(join(root, folder))) throw new Error(`${folder} is there already.`);
    for (const file of await filesIn(join(root, from))) {
      const path = join(folder, file);
      await mkdir(dirname(join(root, path)), { recursive: true });
      const text = await readFile(join(root, from, file), 'utf8');
      await writeFile(join(root, path), withNames(text, names));
      written.push(path);
    }
  }
  await addToList(join(root, list), names);
  return [...written, list];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

async function addToList(path: string, names: ProviderNames): Promise<void> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  const imported = `import { ${exportOf(names)} } from './${names.id}/provider.ts';`;
  const lastImport = lines.findLastIndex((line) => line.startsWith('import '));
  const end = lines.findIndex((line) => line.startsWith('] as const'));
  const added = lines.toSpliced(end, 0, `  ${exportOf(names)},`).toSpliced(lastImport + 1, 0, imported);
  await writeFile(path, added.join('\n'));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function namesOf([id = '', displayName]: readonly string[]): ProviderNames {
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(id))
    throw new Error(
      'Usage: npm run new-provider -- <id> ["<Display Name>"]; the id has small letters, digits and single hyphens.',
    );
  if (displayName !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N} .&-]{0,59}$/u.test(displayName))
    throw new Error('The display name may have letters, digits, spaces and . & - only, at most 60.');
  const words = id.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return { id, displayName: displayName ?? words.join(' ') };
}

try {
  const names = namesOf(process.argv.slice(2));
  const written = await begin(process.cwd(), names);
  process.stdout.write(`${written.join('\n')}\n\n`);
  process.stdout.write(
    `${names.displayName} speaks the protocol of the reference for now, so that its suite works from the start.\n` +
      "Replace file by file. `npx vitest run test/conformance/filled` names those that are still the reference's.\n" +
      'CONTRIBUTING.md has the next steps.\n',
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
