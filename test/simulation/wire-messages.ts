/** The frontend messages of PostgreSQL's protocol (PostgreSQL, 54.7), as far as batches are cut out of them. */

const startupResponse = Buffer.concat([
  message('R', [0, 0, 0, 0]),
  message('S', [...Buffer.from('server_version\x0018.0\0')]),
  message('K', [0, 0, 0, 1, 0, 0, 0, 1]),
  message('Z', [...Buffer.from('I')]),
]);

/** The answer to a connection that begins: it is let in. */
export function letIn(): Buffer {
  return startupResponse;
}

function message(type: string, body: readonly number[]): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

/** A simple query. */
export function queryMessage(text: string): Buffer {
  return message('Q', [...Buffer.from(`${text}\0`)]);
}

/** The end of a batch. */
export const sync = message('S', []);

/** What a client sends at once and waits for: a simple query, or messages up to a Sync. */
export interface Batch {
  bytes: Buffer;
  text: string;
  messages: readonly Buffer[];
}

/** Cuts a stream of bytes into batches. */
export class BatchReader {
  #rest: Buffer = Buffer.alloc(0);
  #batch: Buffer[] = [];
  #text = '';
  #isStarted = false;

  /** `startup` where the connection begins, `end` where it says goodbye. */
  read(chunk: Uint8Array): (Batch | 'startup' | 'end')[] {
    this.#rest = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    const found: (Batch | 'startup' | 'end')[] = [];
    for (let next = this.#next(); next !== undefined; next = this.#next()) found.push(...next);
    return found;
  }

  #next(): (Batch | 'startup' | 'end')[] | undefined {
    const head = this.#isStarted ? 1 : 0;
    if (this.#rest.length < head + 4) return undefined;
    const length = head + this.#rest.readInt32BE(head);
    if (this.#rest.length < length) return undefined;
    const whole = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    if (this.#isStarted) return this.#take(whole);
    this.#isStarted = true;
    return ['startup'];
  }

  #take(whole: Buffer): (Batch | 'end')[] {
    const type = String.fromCharCode(whole[0] ?? 0);
    if (type === 'X') return ['end'];
    this.#batch.push(whole);
    if (type === 'Q') this.#text = textAt(whole, 5);
    if (type === 'P') this.#text = textAt(whole, 1 + whole.indexOf(0, 5));
    if (type !== 'Q' && type !== 'S') return [];
    const batch = { bytes: Buffer.concat(this.#batch), text: this.#text, messages: this.#batch };
    this.#batch = [];
    this.#text = '';
    return [batch];
  }
}

function textAt(whole: Buffer, start: number): string {
  return whole.toString('utf8', start, whole.indexOf(0, start));
}

/** Whether a transaction is open after this answer, as its last message says (ReadyForQuery). */
export function isInTransaction(answer: Uint8Array): boolean {
  return answer.at(-1) !== 'I'.charCodeAt(0);
}
