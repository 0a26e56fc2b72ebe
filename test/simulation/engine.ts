import { hash } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { PreparedStatements } from './prepared-statements.ts';
import { isInTransaction, queryMessage, type Batch } from './wire-messages.ts';

/**
 * A run is over before anything could be read back from a disk. A statement is planned for all of its parameters,
 * and few buffers are fewer to search where a table is emptied.
 */
const settings = [
  'synchronous_commit = off',
  'full_page_writes = off',
  'plan_cache_mode = force_generic_plan',
  'jit = off',
  'track_counts = off',
  'track_activities = off',
  'shared_buffers = 8MB',
];

const workTables = /\b(webhook_inbox|transactions|outbox)\b/;

/** PostgreSQL in this process. It has one session, so its transactions run one after the other. */
export class Engine {
  readonly #pglite: PGlite;
  readonly #prepared: PreparedStatements;
  #holder: object | undefined;
  /** How many statements have changed, or may have changed, the tables in which work is found. */
  writes = 0;
  /** The tables that statements of processes have put rows into. */
  readonly filled = new Set<string>();

  private constructor(pglite: PGlite) {
    this.#pglite = pglite;
    this.#prepared = new PreparedStatements((bytes) => this.#answerTo(bytes));
  }

  static async start(): Promise<Engine> {
    return new Engine(await PGlite.create({ postgresqlconf: settings }));
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

  run(connection: object, batch: Batch): Uint8Array {
    const answer = this.#prepared.run(batch);
    this.#holder = isInTransaction(answer) ? connection : undefined;
    this.#note(batch.text);
    return answer;
  }

  /** All is done when the call returns; its promise is for a file system that is behind. */
  #answerTo(bytes: Uint8Array): Buffer {
    const answer: Buffer[] = [];
    const onRawData = (part: Uint8Array): void => void answer.push(Buffer.from(part));
    void this.#pglite.execProtocolRawStream(bytes, { syncToFs: false, onRawData });
    return Buffer.concat(answer);
  }

  #note(text: string): void {
    const written = writtenBy(text);
    if (written === undefined) return;
    if (workTables.test(text)) this.writes += 1;
    for (const [, table] of text.matchAll(/\binsert into\s+"?(\w+)/gi)) if (table) this.filled.add(table);
  }

  /** Ends the connection's transaction, if one is open, without a trace. */
  rollBack(connection: object): void {
    if (!this.isOpenFor(connection)) return;
    this.#answerTo(queryMessage('rollback'));
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

  /** Carries out statements without parameters, whose answers do not matter. */
  change(text: string): void {
    const answer = this.#answerTo(queryMessage(text));
    this.#holder = undefined;
    this.writes += 1;
    const failure = messageIn(answer, 'E');
    if (failure) throw new Error(failure.toString('utf8'));
  }

  /** The first column of the first row of a statement without parameters. */
  valueNow(text: string): string | undefined {
    const answer = this.#answerTo(queryMessage(text));
    const row = messageIn(answer, 'D');
    const length = row?.readInt32BE(7) ?? -1;
    return length < 0 ? undefined : row?.toString('utf8', 11, 11 + length);
  }

  async close(): Promise<void> {
    await this.#pglite.close();
  }
}

/** The first message of a type, and what follows it. */
function messageIn(answer: Buffer, type: string): Buffer | undefined {
  for (let at = 0; at < answer.length; at += 1 + answer.readInt32BE(at + 1))
    if (answer[at] === type.charCodeAt(0)) return answer.subarray(at);
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
