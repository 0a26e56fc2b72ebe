import { hash } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { isInTransaction, queryMessage, type Batch } from './wire-messages.ts';

/** PostgreSQL in this process. It has one session, so its transactions run one after the other. */
export class Engine {
  readonly #pglite: PGlite;
  #holder: object | undefined;
  /** How many statements have changed, or may have changed, what is stored. */
  writes = 0;

  private constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  static async start(): Promise<Engine> {
    return new Engine(await PGlite.create());
  }

  /** Whether another connection's transaction is open. */
  isTakenFor(connection: object): boolean {
    return this.#holder !== undefined && this.#holder !== connection;
  }

  /** Whether a transaction is open. */
  get isBusy(): boolean {
    return this.#holder !== undefined;
  }

  isOpenFor(connection: object): boolean {
    return this.#holder === connection;
  }

  run(connection: object, { bytes, text }: Batch): Uint8Array {
    const answer = this.#pglite.execProtocolRawSync(bytes);
    this.#holder = isInTransaction(answer) ? connection : undefined;
    if (changes(text)) this.writes += 1;
    return answer;
  }

  /** Ends the connection's transaction, if one is open, without a trace. */
  rollBack(connection: object): void {
    if (!this.isOpenFor(connection)) return;
    this.#pglite.execProtocolRawSync(queryMessage('rollback'));
    this.#holder = undefined;
  }

  /** Asks for one number. */
  async number(text: string): Promise<number | undefined> {
    const { rows } = await this.#pglite.query<{ value: number | null }>(text);
    return rows[0]?.value ?? undefined;
  }

  async rows<Row>(text: string): Promise<Row[]> {
    return (await this.#pglite.query<Row>(text)).rows;
  }

  async execute(text: string): Promise<void> {
    this.#holder = undefined;
    await this.#pglite.exec(text);
    this.writes += 1;
  }

  /** The first column of the first row of a statement without parameters. */
  valueNow(text: string): string | undefined {
    const answer = Buffer.from(this.#pglite.execProtocolRawSync(queryMessage(text)));
    const row = rowIn(answer);
    const length = row?.readInt32BE(7) ?? -1;
    return length < 0 ? undefined : row?.toString('utf8', 11, 11 + length);
  }

  async close(): Promise<void> {
    await this.#pglite.close();
  }
}

/** The first DataRow. */
function rowIn(answer: Buffer): Buffer | undefined {
  for (let at = 0; at < answer.length; at += 1 + answer.readInt32BE(at + 1))
    if (answer[at] === 'D'.charCodeAt(0)) return answer.subarray(at);
  return undefined;
}

/** Whether a statement may change what is stored. */
export function changes(text: string): boolean {
  return /\b(insert|update|delete|commit)\b/i.test(text);
}

/** What a statement writes, for a reader: `update transactions`. */
export function writtenBy(text: string): string | undefined {
  const [, verb, table] =
    /\b(insert into|update|delete from)\s+"?(?!skip)(\w+)"?/i.exec(
      text.replace(/for (no key )?update/gi, ''),
    ) ?? [];
  return verb === undefined || table === undefined ? undefined : `${verb.toLowerCase()} ${table}`;
}

/** A short name for bytes. */
export function digestOf(bytes: Uint8Array): string {
  return hash('sha1', bytes);
}
