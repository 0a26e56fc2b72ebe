import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newScratchDirectory } from '../support/scratch.ts';
import { root } from '../tidy/tree.ts';

const run = promisify(execFile);

export const packages = ['guarded-call', 'webhook-inbox'] as const;
export type PackageName = (typeof packages)[number];

/** A project of somebody else's, with the packed packages in it. */
export interface Project {
  folder: string;
  /** The example of a package, as a program of the project. */
  exampleOf(name: PackageName): string;
  tarballOf(name: PackageName): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Builds and packs the packages, and installs them into an empty project without a network. What the examples need
 * beside them is lent by this repository: undici, which the project has to bring along, and `pg`.
 */
export async function installPackages(): Promise<Project> {
  const folder = await newScratchDirectory('drop-packages-');
  await run(process.execPath, ['scripts/build-packages.ts'], { cwd: root });
  const folders = packages.map((name) => `./packages/${name}`);
  await run('npm', ['pack', '--silent', '--pack-destination', folder, ...folders], { cwd: root });
  const tarballs = packages.map((name) => `./drop-${name}-0.1.0.tgz`);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--offline', '--legacy-peer-deps', ...tarballs], { cwd: folder });
  const installed = join(folder, 'node_modules');
  for (const lent of ['undici', 'pg']) await symlink(join(root, 'node_modules', lent), join(installed, lent));
  await mkdir(join(folder, 'examples'));
  const exampleOf = (name: PackageName): string => join(folder, 'examples', `${name}.js`);
  for (const name of packages) await copyFile(join(root, 'packages', name, 'example.js'), exampleOf(name));
  return {
    folder,
    exampleOf,
    tarballOf: async (name) => new Uint8Array(await readFile(join(folder, `drop-${name}-0.1.0.tgz`))),
  };
}
