import type { Dispatcher } from 'undici';
import type { Hono } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { countedAsBusy } from './busy.ts';
import { choose, draw } from './draw.ts';
import type { FaultKind } from './faults.ts';
import type { DropProcess } from './process.ts';

/** An answer of an emulator. */
interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

type Routes = Hono<EmulatorEnvironment>;

/** Hands a request to an emulator's routes, without a socket. */
export async function answerOf(routes: Routes, url: string, request: RequestInit): Promise<Answered> {
  return countedAsBusy(async () => {
    const answer = await routes.fetch(new Request(url, { redirect: 'manual', ...request }));
    const body = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body };
  });
}

const tripMs = 20;
const jitterMs = 40;

/** The way from a process to the providers: what the production clients call as if it were undici's. */
export function createNetwork(options: {
  seed: number;
  process: DropProcess;
  routes: () => Routes;
}): Dispatcher {
  const dispatch = (
    request: Dispatcher.DispatchOptions,
    handler: Required<Dispatcher.DispatchHandler>,
  ): boolean => {
    new Exchange(options, request, handler).begin();
    return true;
  };
  return { dispatch, close: async () => undefined } as unknown as Dispatcher;
}

class Exchange {
  readonly #around: Parameters<typeof createNetwork>[0];
  readonly #request: Dispatcher.DispatchOptions;
  readonly #handler: Required<Dispatcher.DispatchHandler>;
  readonly #point: string;
  #isOver = false;

  constructor(
    around: Parameters<typeof createNetwork>[0],
    request: Dispatcher.DispatchOptions,
    handler: Required<Dispatcher.DispatchHandler>,
  ) {
    const { process } = around;
    this.#around = around;
    this.#request = request;
    this.#handler = handler;
    this.#point = process.timeline.nth(`${process.name} calls ${request.method} ${shapeOf(request.path)}`);
  }

  begin(): void {
    const { process } = this.#around;
    const { timeline, actor } = process;
    if (actor.isGone) return;
    const kind = this.#request.method === 'GET' ? 'reading' : 'call';
    timeline.schedule({
      at: timeline.now + 1,
      key: `${this.#point} leaves`,
      actor,
      run: () => this.#leave(process.faultAt(kind, this.#point)),
    });
  }

  #leave(fault: FaultKind | undefined): void {
    const { process } = this.#around;
    if (fault === 'abandoned_before') return process.abandon();
    if (fault === 'not_sent')
      return this.#fail(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    this.#handler.onRequestStart(this.#controller(), {});
    if (this.#isOver) return;
    if (fault === 'lost_request') return;
    const lateMs = fault === 'late_request' ? choose(this.#seed, `${this.#point} late`, latenesses) : 0;
    this.#arriveAfter(lateMs + this.#tripMs('there'), fault);
    if (fault === 'duplicate') this.#arriveAfter(this.#tripMs('again') + jitterMs, 'lost_answer');
    if (fault === 'abandoned_after') process.abandon();
    if (fault === 'stands_still') process.standStill(this.#point);
  }

  #arriveAfter(delayMs: number, fault: FaultKind | undefined): void {
    this.#around.process.timeline.after(delayMs, `bank takes ${this.#point}`, () => void this.#serve(fault));
  }

  async #serve(fault: FaultKind | undefined): Promise<void> {
    const { process, routes } = this.#around;
    const { timeline, actor } = process;
    const { origin, path, method, headers, body } = this.#request;
    const request = { method, headers: headers as Record<string, string>, body: body as string | null };
    const answered = await answerOf(routes(), `${String(origin)}${path}`, request);
    timeline.trace(`${this.#point} ${answered.status}`);
    if (fault === 'lost_answer' || actor.isGone) return;
    const lateMs = fault === 'late_answer' ? choose(this.#seed, `${this.#point} late`, latenesses) : 0;
    timeline.schedule({
      at: timeline.now + lateMs + this.#tripMs('back'),
      key: `${this.#point} is answered`,
      actor,
      run: () => this.#deliver(answered),
    });
  }

  #deliver({ status, headers, body }: Answered): void {
    if (this.#isOver) return;
    const controller = this.#controller();
    this.#handler.onResponseStart(controller, status, headers, '');
    if (this.#isOver) return;
    this.#handler.onResponseData(controller, Buffer.from(body));
    if (this.#isOver) return;
    this.#isOver = true;
    this.#handler.onResponseEnd(controller, {});
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#handler.onResponseError(this.#controller(), error);
  }

  #controller(): Dispatcher.DispatchController {
    return { abort: (error: Error) => this.#fail(error) } as unknown as Dispatcher.DispatchController;
  }

  get #seed(): number {
    return this.#around.seed;
  }

  #tripMs(way: string): number {
    return tripMs + Math.floor(draw(this.#seed, `${this.#point} ${way}`) * jitterMs);
  }
}

/** Within a customer's patience, after a process's lease, and much later. */
const latenesses = [90_000, 20_000, 1_200_000] as const;

/** A path without what is different in each run. */
function shapeOf(path: string): string {
  const [route = ''] = path.split('?');
  return route.replaceAll(/[^/]*\d[^/]{7,}/g, ':id');
}
