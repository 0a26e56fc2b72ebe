import { DropError } from '#domain/errors.ts';
import { openConnection, endConnection } from '#store/connections.ts';
import { databaseError } from '#store/database.ts';
import { isOneDatabase } from '#store/one-database.ts';

/** The addresses of one database; equal unless `url` is that of a pooler. */
export interface DatabaseAddresses {
  url: string;
  directUrl: string;
}

const answerMs = 10_000;

/**
 * Checks, before anything is written, that PostgreSQL answers at both addresses and that they lead to one database.
 * Otherwise migrations and jobs would be written to another database than payments.
 *
 * @throws {DropError} `configuration_invalid` or `database_unavailable`; its message names the variable.
 */
export async function checkAddresses({ url, directUrl }: DatabaseAddresses): Promise<void> {
  await connectOnce(url, 'DATABASE_URL');
  if (directUrl === url) return;
  await connectOnce(directUrl, 'DATABASE_DIRECT_URL');
  await refuseTwoDatabases({ url, directUrl });
}

/** @throws {DropError} `configuration_invalid` when the addresses lead to different databases. */
export async function refuseTwoDatabases({ url, directUrl }: DatabaseAddresses): Promise<void> {
  if (await isOneDatabase(url, directUrl)) return;
  const message =
    'DATABASE_DIRECT_URL leads to another database than DATABASE_URL: set it to the PostgreSQL server behind ' +
    'DATABASE_URL, with the same database (docs/configuration.md, "Behind a pooler").';
  throw new DropError('configuration_invalid', { message });
}

async function connectOnce(address: string, variable: string): Promise<void> {
  const client = openConnection(address, { name: 'drop address check', answerMs });
  try {
    await client.connect();
  } catch (cause) {
    throw unreachable(cause, `${variable} leads to ${client.host} port ${client.port}`);
  } finally {
    await endConnection(client);
  }
}

/** PostgreSQL's own words name the user or the database, but never a password. */
function unreachable(cause: unknown, where: string): DropError {
  const isSilent = databaseError(cause) !== cause;
  const reason = cause instanceof Error ? cause.message : 'unknown';
  const message = `${where}, where ${isSilent ? 'PostgreSQL does not answer' : 'Drop was refused'}: ${reason}.`;
  return new DropError(isSilent ? 'database_unavailable' : 'configuration_invalid', { message, cause });
}
