import { chmod, mkdir, readdir, stat } from 'node:fs/promises';

/** Everything that Drop keeps in a data directory. */
const kept =
  /^(postgres|postgres\.partial|postgres-password|programs-\w+(\.partial)?|drop\.log|sandbox\.json|mock)$/;

/**
 * Makes the data directory with `mode`, or takes away what an existing one allows beyond `mode`. A directory that also
 * holds something else is left as it is, since others may need it.
 */
export async function makeDataDirectory(directory: string, mode: number): Promise<void> {
  await mkdir(directory, { recursive: true, mode });
  const names = await readdir(directory);
  if (!names.every((name) => kept.test(name))) return;
  const found = (await stat(directory)).mode & 0o7777;
  // The commands of an operator may run as another user than the one that owns the directory.
  if ((found & mode) !== found) await chmod(directory, found & mode).catch(() => undefined);
}
