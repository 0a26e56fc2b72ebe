import { describe, expect, onTestFinished, test } from 'vitest';
import { Journey } from '#cli/journey.ts';
import { storeWithoutTables } from '../support/database.ts';
import { pgBouncerBefore, skippedBecause, type PgBouncer } from '../support/pgbouncer.ts';
import { startSandbox } from '../support/sandbox.ts';

interface Running {
  origin: string;
  internalOrigin: string;
  pooler: PgBouncer;
}

/** The sandbox on an empty database behind a pooler. */
async function sandboxBehindPooler(): Promise<Running> {
  const { url } = await storeWithoutTables();
  const pooler = await pgBouncerBefore(url);
  const environment = { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: url };
  const sandbox = await startSandbox({ environment });
  onTestFinished(sandbox.remove);
  return { origin: sandbox.appOrigin, internalOrigin: sandbox.internalOrigin, pooler };
}

async function healthAt(origin: string): Promise<unknown> {
  return (await fetch(`${origin}/api/health`)).json();
}

const slowly = { timeout: 60_000 };
const reason = skippedBecause === undefined ? '' : ` (${skippedBecause})`;

describe.skipIf(skippedBecause !== undefined)(`Drop behind PgBouncer in transaction mode${reason}`, () => {
  test('makes its tables, signs in, links a bank and pays, also after the pooler was killed', async () => {
    const { origin, internalOrigin, pooler } = await sandboxBehindPooler();
    const journey = new Journey(origin);
    onTestFinished(() => journey.close());
    await journey.signIn();
    await journey.verify();
    await journey.linkBank();
    expect(await healthAt(internalOrigin)).toMatchObject({
      components: { database: 'pass', announcements: 'pass' },
    });
    expect(await (await fetch(`${internalOrigin}/metrics`)).text()).toContain('drop_announcements_heard 1\n');

    await pooler.kill();
    await expect.poll(() => healthAt(origin), slowly).toMatchObject({ status: 'down' });
    await pooler.restart();
    await expect.poll(() => healthAt(origin), slowly).toMatchObject({ status: 'ok' });

    await journey.readBalance();
    await journey.pay();
    await journey.approve();
    await journey.awaitSettlement();
  });
});
