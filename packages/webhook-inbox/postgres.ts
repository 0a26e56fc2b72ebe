// The exports of `@drop/webhook-inbox/postgres`: the storage of the inbox in PostgreSQL.
export { inboxSchema } from '../../src/inbox/postgres/schema.ts';
export { createPostgresStorage } from '../../src/inbox/postgres/storage.ts';
export type { Connection, Pool, PostgresStorageOptions } from '../../src/inbox/postgres/storage.ts';
