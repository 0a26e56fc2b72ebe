/**
 * Runs a statement and returns its rows. `name` marks one that runs so often that it is worth preparing; a driver that
 * prepares nothing may ignore it.
 */
export type Run = (text: string, values: unknown[], name?: string) => Promise<{ rows: unknown[] }>;

/** Whether PostgreSQL refused the data of a statement: a value that it cannot store, or a violated constraint. */
export function isFaultOfData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}
