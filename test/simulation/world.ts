import { isDropError, type ErrorCode } from '#domain/errors.ts';
import type { User } from '#store/users.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { baseUrl, type Bank, type Delivery } from './bank.ts';
import { choose, draw } from './draw.ts';
import { DueWork } from './due-work.ts';
import type { Faults } from './faults.ts';
import { DropNode } from './node.ts';
import { DropProcess } from './process.ts';
import type { Stage } from './stage.ts';
import { ActorClock, type Timeline } from './timeline.ts';

const nodesAtOnce = 2;
const restartMs = 20_000;
const requestMsMax = 60_000;
/** As in production: a little less than a customer's browser waits. */
const requestDeadlineMs = 55_000;
const bankPatienceMs = 10_000;
const tripMs = 20;
const webhookLatenessesMs = [5_000, 1_200_000, 7_200_000, 60_000] as const;

/** What a request came to; `none`: no answer arrived. */
export type Answer<Value> =
  { kind: 'answered'; value: Value } | { kind: 'refused'; code: ErrorCode | undefined } | { kind: 'none' };

/** One run: several processes of Drop, a bank, a customer, and the network between them. */
export class World {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly stage: Stage;
  readonly due: DueWork;
  readonly #faults: Faults;
  readonly #nodes: DropNode[] = [];
  #made = 0;

  constructor(parts: { seed: number; timeline: Timeline; stage: Stage; faults: Faults }) {
    this.seed = parts.seed;
    this.timeline = parts.timeline;
    this.stage = parts.stage;
    this.#faults = parts.faults;
    this.due = new DueWork(parts.stage.engine);
    this.bank.begin({ clock: new ActorClock(this.timeline), deliver: (webhook) => this.#deliver(webhook) });
    for (let count = 0; count < nodesAtOnce; count += 1) this.#startNode();
  }

  get bank(): Bank {
    return this.stage.bank;
  }

  get user(): User {
    return this.stage.user;
  }

  /** A process for the judge of the run, at which nothing fails. */
  judge(faults: Faults): DropNode {
    return this.#nodeOf(new DropProcess('judge', { seed: this.seed, timeline: this.timeline, faults }));
  }

  /** The customer asks Drop for something; whichever process is there takes the request. */
  request<Value>(what: string, work: (node: DropNode) => Promise<Value>): Promise<Answer<Value>> {
    const { timeline } = this;
    const { promise, resolve } = Promise.withResolvers<Answer<Value>>();
    const name = timeline.nth(`customer asks to ${what}`);
    const patience = timeline.after(requestMsMax, `${name}, in vain`, () => resolve({ kind: 'none' }));
    timeline.after(tripMs, name, () => {
      const node = this.#anyNode(name);
      timeline.tell(`${name}, of ${node?.process.name ?? 'none'}`);
      if (!node) return;
      const answer = (given: Answer<Value>): void => {
        const { actor } = node.process;
        const run = (): void => {
          patience.cancel();
          timeline.trace(name, given.kind);
          resolve(given);
        };
        timeline.schedule({ at: timeline.now + tripMs, key: `${name}, answered`, actor, run });
      };
      withDeadline(requestDeadlineMs, node.process.clock, () => work(node)).then(
        (value) => answer({ kind: 'answered', value }),
        (error: unknown) => answer(this.#refusal(error)),
      );
    });
    return promise;
  }

  /** Time passes for the customer. */
  pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.timeline.after(delayMs, 'customer waits', () => resolve(undefined));
    return promise;
  }

  #refusal(error: unknown): { kind: 'refused'; code: ErrorCode | undefined } {
    if (!isDropError(error)) this.timeline.trace(String(error));
    return { kind: 'refused', code: isDropError(error) ? error.code : undefined };
  }

  #anyNode(key: string): DropNode | undefined {
    const alive = this.#nodes.filter(({ process }) => !process.actor.isGone);
    return alive[Math.floor(draw(this.seed, key) * alive.length)];
  }

  #startNode(): void {
    const name = String.fromCharCode('a'.charCodeAt(0) + this.#made);
    this.#made += 1;
    const { seed, timeline } = this;
    const process = new DropProcess(name, { seed, timeline, faults: this.#faults });
    const node = this.#nodeOf(process);
    this.#nodes.push(node);
    process.onGone(() => timeline.after(restartMs, 'a process is started', () => this.#startNode()));
    node.start();
  }

  #nodeOf(process: DropProcess): DropNode {
    const { engine, bank, others } = this.stage;
    const { seed, due } = this;
    const onStored = (): void => {
      for (const node of this.#nodes) if (!node.process.actor.isGone) node.wake();
    };
    return new DropNode({ seed, process, engine, bank, others, due, onStored });
  }

  /** A webhook is on its way; resolves with Drop's answer, if one reaches the bank in time. */
  #deliver(webhook: Delivery): Promise<number | undefined> {
    const { timeline } = this;
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const point = timeline.nth('bank sends webhook');
    const fault = this.#faults.at('webhook', point);
    timeline.tell(fault === undefined ? point : `${point}: ${fault}`);
    timeline.after(bankPatienceMs, `${point}, in vain`, () => resolve(undefined));
    if (fault === 'dropped') return promise;
    const lateMs = fault === 'late' ? choose(this.seed, `${point} late`, webhookLatenessesMs) : 0;
    const arrive = (delayMs: number): void => {
      timeline.after(delayMs, `${point} arrives`, () => {
        const node = this.#anyNode(`${point} arrives`);
        void node?.receive(rebased(webhook)).then((status) => {
          const { actor } = node.process;
          const run = (): void => resolve(status);
          timeline.schedule({ at: timeline.now + tripMs, key: `${point} is taken`, actor, run });
        });
      });
    };
    arrive(lateMs + tripMs);
    if (fault === 'duplicate') arrive(3 * tripMs);
    return promise;
  }
}

function rebased(webhook: Delivery): Delivery {
  return { ...webhook, url: new URL(webhook.url, baseUrl).href };
}
