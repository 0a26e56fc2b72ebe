import { EventEmitter } from 'node:events';
import type { DueWork, WorkKind } from './due-work.ts';
import type { DropProcess } from './process.ts';
import { changes, digestOf, writtenBy, type Engine } from './engine.ts';
import { BatchReader, letIn, type Batch } from './wire-messages.ts';

/** On the way to the database and back. */
const tripMs = 1;

/**
 * The driver's socket: what it writes happens in the engine when the timeline says so. A transaction that a broken
 * connection or an abandoned process leaves behind is rolled back.
 */
export class Connection extends EventEmitter {
  readonly #process: DropProcess;
  readonly #engine: Engine;
  readonly #due: DueWork;
  readonly #reader = new BatchReader();
  #written: string[] = [];
  writable = true;

  constructor(process: DropProcess, { engine, due }: { engine: Engine; due: DueWork }) {
    super();
    this.#due = due;
    this.#process = process;
    this.#engine = engine;
    process.onGone(() => engine.rollBack(this));
  }

  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  cork(): void {}

  uncork(): void {}

  write(chunk: Uint8Array, done?: () => void): boolean {
    for (const found of this.#reader.read(chunk)) {
      if (found === 'startup') queueMicrotask(() => this.emit('data', letIn()));
      else if (found === 'end') this.destroy();
      else this.#send(found);
    }
    if (typeof done === 'function') queueMicrotask(done);
    return true;
  }

  end(): this {
    return this.destroy();
  }

  /** The connection breaks. */
  destroy(error?: Error): this {
    if (!this.writable) return this;
    this.writable = false;
    this.#engine.rollBack(this);
    queueMicrotask(() => {
      if (error) this.emit('error', error);
      this.emit('close');
    });
    return this;
  }

  #send(batch: Batch): void {
    const { timeline, actor } = this.#process;
    if (actor.isGone) return;
    timeline.schedule({
      at: timeline.now + tripMs,
      key: timeline.nth(`${actor.name} database`),
      actor,
      isBlocked: () => this.#engine.isTakenFor(this),
      run: () => {
        if (this.writable) this.#execute(batch);
      },
    });
  }

  #execute(batch: Batch): void {
    const point = this.#commitOf(batch);
    const fault = point === undefined ? undefined : this.#process.faultAt('commit', point);
    if (fault === 'abandoned_before') return this.#process.abandon();
    if (fault === 'refused') return void this.destroy(reset());
    const answer = this.#engine.run(this, batch);
    this.#process.timeline.trace(batch.text, digestOf(batch.bytes), digestOf(answer));
    if (fault === 'abandoned_after') return this.#process.abandon();
    if (fault === 'lost_answer') return void this.destroy(reset());
    if (fault === 'stands_still') this.#process.standStill(point ?? '');
    const { timeline, actor } = this.#process;
    const key = timeline.nth(`${actor.name} answer`);
    const run = (): void => void (this.writable && this.emit('data', Buffer.from(answer)));
    timeline.schedule({ at: timeline.now, key, actor, run });
  }

  /** The name of the commit that a batch is; undefined for one that changes nothing yet. */
  #commitOf({ text }: Batch): string | undefined {
    const written = writtenBy(text);
    const isOpen = this.#engine.isOpenFor(this);
    if (isOpen && written !== undefined) this.#written.push(written);
    if (/^begin/i.test(text)) this.#written = [];
    if (isOpen && /^commit/i.test(text)) return this.#nameOf(this.#written[0]);
    if (isOpen || !changes(text) || this.#findsNoWork(text, written)) return undefined;
    return this.#nameOf(written);
  }

  /** A look for work where none is due changes nothing. */
  #findsNoWork(text: string, written: string | undefined): boolean {
    const kind = kindOfWork[written ?? ''];
    const isClaim = /for update skip locked/i.test(text);
    return isClaim && kind !== undefined && !this.#due.isDue(kind, this.#process.clock.now().getTime());
  }

  #nameOf(written = 'nothing'): string | undefined {
    if (written === 'nothing') return undefined;
    const { timeline, actor } = this.#process;
    return timeline.nth(`${actor.name} commits ${written}`);
  }
}

const kindOfWork: Readonly<Record<string, WorkKind>> = {
  'update webhook_inbox': 'inbox',
  'update transactions': 'payments',
  'update outbox': 'mails',
};

function reset(): Error {
  return Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
}
