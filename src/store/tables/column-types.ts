import type { ColumnType } from 'kysely';

/** Read as a safe integer (see `database.ts`). */
export type BigInteger = ColumnType<number, number, number>;

/** Written as text, read as parsed. */
export type Json<Value> = ColumnType<Value | null, string | null | undefined, string | null>;
