import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Journey } from '#cli/journey.ts';
import { migrate } from '#store/migrate.ts';
import { examined, staging } from '../doctor/examined.ts';
import { serve } from '../support/serve.ts';
import { createTestDatabase } from '../support/test-server.ts';

const grants = readFileSync(new URL('../../deploy/grants.sql', import.meta.url), 'utf8');

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** An empty database with the two roles of deploy/grants.sql, under names of the test's own. */
async function databaseWithRoles() {
  const database = await createTestDatabase(inject('postgresUrl'), 'template0');
  const suffix = `_${randomBytes(6).toString('hex')}`;
  const roles = ['drop_migrate', 'drop_app'] as const;
  await query(
    database.url,
    grants.replaceAll(/drop_(migrate|app)\b/g, (role) => `${role}${suffix}`),
  );
  for (const role of roles) await query(database.url, `alter role ${role}${suffix} password 'secret'`);
  onTestFinished(async () => {
    await database.drop();
    for (const role of roles) await query(inject('postgresUrl'), `drop role ${role}${suffix}`);
  });
  const as = (role: (typeof roles)[number]): string => {
    const url = new URL(database.url);
    url.username = `${role}${suffix}`;
    url.password = 'secret';
    return url.href;
  };
  return { migrateUrl: as('drop_migrate'), appUrl: as('drop_app') };
}

test('with the roles of deploy/grants.sql one migrates; the other serves, well, and changes no table', async () => {
  const { migrateUrl, appUrl } = await databaseWithRoles();
  await expect(migrate(appUrl)).rejects.toThrow('permission denied');
  await migrate(migrateUrl);
  const { findings } = await examined({ ...staging, DATABASE_URL: appUrl });
  expect(findings.filter(({ severity }) => severity === 'failed')).toEqual([]);
  const { origin } = await serve(appUrl, 'scheduled work has begun');
  const journey = new Journey(origin);
  onTestFinished(() => journey.close());
  await journey.signIn();
  await journey.verify();
  await journey.linkBank();
  await journey.pay();
  for (const statement of ['drop table transactions', 'truncate transactions', 'create table x ()'])
    await expect(query(appUrl, statement)).rejects.toThrow(/must be owner|permission denied/);
});
