import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads one of `fixtures/` as the JSON that it is. */
export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8'));
}
