import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createCluster, prepareClusterTemplate } from '#store/embedded/cluster.ts';
import { postgresHome, type PostgresHome } from '#store/embedded/home.ts';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';
import { newScratchDirectory } from '../support/scratch.ts';

async function scratchDirectory(): Promise<string> {
  const directory = await newScratchDirectory('drop-cluster-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** The answer of a server on the cluster to a client with the password beside it. */
async function expectToWork(dataDirectory: string): Promise<void> {
  const { url, stop } = await startEmbeddedPostgres(dataDirectory);
  onTestFinished(stop);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("select current_user, 'ÆØÅ' < 'æøå' as ordered");
  expect(rows).toEqual([{ current_user: 'drop', ordered: true }]);
  await client.end();
}

const passwordIn = (directory: string): Promise<string> =>
  readFile(join(directory, 'postgres-password'), 'utf8');

describe('a cluster template prepared by the install step', () => {
  let templates: string;
  let template: string;

  beforeAll(async () => {
    templates = join(await newScratchDirectory('drop-templates-'), 'clusters');
    await prepareClusterTemplate(templates);
    const [name = ''] = await readdir(templates);
    template = join(templates, name);
    return () => rm(join(templates, '..'), { recursive: true, force: true });
  });

  async function created(more: Partial<PostgresHome> = {}): Promise<PostgresHome> {
    const home = { ...(await postgresHome(await scratchDirectory())), ...more };
    await createCluster(home, templates);
    return home;
  }

  test('leaves no other files behind', async () => {
    expect(await readdir(templates)).toHaveLength(1);
    expect(await readdir(template)).toEqual(['postgres', 'postgres-password']);
  });

  test('is copied with its password for a first start', async () => {
    const { dataDirectory } = await created();
    expect(await passwordIn(dataDirectory)).toBe(await passwordIn(template));
    await expectToWork(dataDirectory);
  });

  test('is not changed by writes to a copy', async () => {
    const { clusterDirectory } = await created();
    await writeFile(join(clusterDirectory, 'PG_VERSION'), 'changed');
    expect(await readFile(join(template, 'postgres', 'PG_VERSION'), 'utf8')).not.toBe('changed');
  });

  test('is not used when other programs made it', async () => {
    const { dataDirectory } = await created({ programs: 'of another installation' });
    expect(await passwordIn(dataDirectory)).not.toBe(await passwordIn(template));
    await expectToWork(dataDirectory);
  });

  test('is not used when it cannot be copied', async () => {
    await rename(join(template, 'postgres-password'), join(template, 'elsewhere'));
    onTestFinished(() => rename(join(template, 'elsewhere'), join(template, 'postgres-password')));
    const { dataDirectory } = await created();
    await expectToWork(dataDirectory);
  });
});

test('the remains of an interrupted creation are not used as a cluster', async () => {
  const dataDirectory = await scratchDirectory();
  const partial = join((await postgresHome(dataDirectory)).dataDirectory, 'postgres.partial');
  await mkdir(partial);
  await writeFile(join(partial, 'PG_VERSION'), '18');
  await expectToWork(dataDirectory);
  expect(existsSync(partial)).toBe(false);
});

test('a cluster whose password is gone is not started, and what to do is told', async () => {
  const directory = await scratchDirectory();
  await (await startEmbeddedPostgres(directory)).stop();
  const { passwordFile, clusterDirectory } = await postgresHome(directory);
  await writeFile(passwordFile, '');
  await expect(startEmbeddedPostgres(directory)).rejects.toMatchObject({
    code: 'database_unavailable',
    message: expect.stringMatching(/postgres-password.*cannot be read: put it back, or delete/),
  });
  expect(existsSync(join(clusterDirectory, 'postmaster.pid'))).toBe(false);
});
