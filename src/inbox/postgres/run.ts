/**
 * Runs a statement and returns its rows. `name` marks one that runs so often that it is worth preparing; a driver that
 * prepares nothing may ignore it.
 */
export type Run = (text: string, values: unknown[], name?: string) => Promise<{ rows: unknown[] }>;

/**
 * Whether PostgreSQL refused the data of a statement: a value that it cannot store, such as a text that is too long for
 * an index, or a violated constraint (classes 22, 23 and 54 of its codes).
 */
export function isFaultOfData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(2[23]|54)/.test(String(error.code));
}
