import { renameSync, writeFileSync } from 'node:fs';

/**
 * Replaces a file that only its owner may read. A reader, and a start after a kill, finds the old text or the new one
 * and never a part.
 */
export function writeWhole(path: string, text: string): void {
  const partial = `${path}.partial`;
  writeFileSync(partial, text, { mode: 0o600 });
  renameSync(partial, path);
}
