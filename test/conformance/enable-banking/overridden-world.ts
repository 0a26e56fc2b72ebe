import { z } from 'zod';
import type { ManualClock } from '#domain/clock.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { listenOnLoopback, type LoopbackServer } from '../../support/loopback.ts';
import { capability } from '../open-banking-subjects.ts';
import { EnableBankingWorld } from './world.ts';

export type Json = Record<string, unknown>;
type Change = (body: Json) => unknown;

const stateSchema = z.object({ consents: z.array(z.object({ reference: z.string(), status: z.string() })) });

/** The client on its emulator, with a server between them that bends what the emulator answers. */
export class OverriddenWorld {
  readonly world: EnableBankingWorld;
  readonly provider: OpenBankingProvider;
  /** The environment that leads a client to this server. */
  readonly environment: Record<string, string>;
  /** The client's requests; `name` as for `override`. */
  readonly requests: { name: string; headers: Headers }[] = [];
  readonly #server: LoopbackServer;
  readonly #changes = new Map<string, Change>();

  private constructor(world: EnableBankingWorld, server: LoopbackServer) {
    this.world = world;
    this.#server = server;
    this.environment = { ...world.stack.environment, ENABLE_BANKING_API_URL: server.origin };
    this.provider = world.stack.createClient(this.environment);
    server.handle((incoming) => this.#answer(incoming));
  }

  static async start(clock?: ManualClock): Promise<OverriddenWorld> {
    return new OverriddenWorld(await EnableBankingWorld.start(clock), await listenOnLoopback(0));
  }

  /** Bends the answers of an operation, such as `GET /accounts/balances`, which names no ids. */
  override(operation: string, change: Change): void {
    this.#changes.set(operation, change);
  }

  straighten(): void {
    this.#changes.clear();
  }

  asked(operation: string): number {
    return this.requests.filter(({ name }) => name === operation).length;
  }

  /** The sessions that are open at the bank. */
  openSessions(): string[] {
    const { consents } = stateSchema.parse(this.world.stack.emulator.state());
    return consents.filter(({ status }) => status === 'active').map(({ reference }) => reference);
  }

  get ais() {
    return capability(this.provider.ais);
  }

  async close(): Promise<void> {
    await this.#server.close();
    await this.world.close();
  }

  async #answer(incoming: Request): Promise<Response> {
    const { pathname, search } = new URL(incoming.url);
    const name = `${incoming.method} ${pathname.replace(/^\/(sessions|accounts)\/[^/]+/, '/$1')}`;
    this.requests.push({ name, headers: incoming.headers });
    const body = incoming.method === 'POST' ? await incoming.text() : undefined;
    const answer = await fetch(`${this.world.stack.origin}${pathname}${search}`, {
      method: incoming.method,
      headers: incoming.headers,
      ...(body !== undefined && { body }),
    });
    const change = this.#changes.get(name);
    const text = await answer.text();
    if (change === undefined || !answer.ok)
      return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
    return Response.json(change(JSON.parse(text) as Json));
  }
}
