import { randomBytes } from 'node:crypto';
import { demoKey } from '#configuration/encryption-keys.ts';
import { createSealer } from '#domain/sealer.ts';
import { openStore } from '#store/database.ts';
import { linkTokenPlace } from '#store/own-email-addresses.ts';

const sealer = createSealer({ current: demoKey, formerKeys: [], newNonce: () => randomBytes(12) });

/** The path of the link that a mail to the one address in the database that is not verified has. */
export async function emailLink(databaseUrl: string): Promise<string> {
  const store = openStore(databaseUrl);
  try {
    const { id, sealed_token: sealed } = await store.database
      .selectFrom('email_addresses')
      .select(['id', 'sealed_token'])
      .where('status', '=', 'unverified')
      .executeTakeFirstOrThrow();
    return `/confirm-email#token=${sealer.open(sealed ?? '', linkTokenPlace(id))}`;
  } finally {
    await store.close();
  }
}
