import type { KyselyPlugin } from 'kysely';
import type { Database } from '#store/database.ts';

/** Counts the statements that a database has answered, without those that begin and end transactions. */
export function countingStatements(database: Database): { database: Database; asked: () => number } {
  let asked = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      asked += 1;
      return result;
    },
  };
  return { database: database.withPlugin(plugin), asked: () => asked };
}
