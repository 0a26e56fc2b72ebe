import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Clock } from '#domain/clock.ts';
import type { PlannedOutcome } from './bank/world.ts';
import type { Faults } from './faults.ts';

/** The bindings an emulator's routes see: Node's own request and response, for faults on the socket. */
export interface EmulatorEnvironment {
  Bindings: HttpBindings;
}

/** What the sandbox hands to every emulator. */
export interface EmulatorContext {
  clock: Clock;
  /** The emulator's own origin, e.g. `http://localhost:3010`. */
  origin: string;
  faults: Faults;
  /** 0–1; from the sandbox's seed. */
  random: () => number;
  /** Sends a webhook. Resolves with the status, or undefined without an answer; never rejects. */
  deliver(request: {
    url: string;
    headers: Record<string, string>;
    body: string;
  }): Promise<number | undefined>;
}

/** A provider's wire protocol with state, for use without that provider. */
export interface Emulator {
  /** As in the sandbox's list, e.g. `bankid`. */
  readonly name: string;
  readonly routes: Hono<EmulatorEnvironment>;
  /** Forgets everything. */
  reset(): void;
  /**
   * How the sandbox keeps this emulator's state over a restart. What `save` returns is cloned structurally: dates, maps
   * and shared references survive.
   */
  readonly persistence?: { save(): unknown; restore(saved: unknown): void };
  /** What the control plane shows. */
  state(): unknown;
  /** What the control plane may do beyond faults, by name: `expire_consents`, `hold_webhooks` … */
  readonly actions?: Record<string, (parameters: Record<string, unknown>) => Promise<unknown>>;
  /** What the sandbox's stage shows of it, beside its faults. */
  readonly onStage?: StageView;
}

export interface StageView {
  /** Whether its webhooks are kept back, and how many are. */
  webhooks?(): { isHolding: boolean; held: number };
  /** How the next payment will end at its banks; undefined where nothing was decided. */
  nextOutcome?(): PlannedOutcome | undefined;
  /** What people can read there, the latest last. */
  letters?(): readonly Letter[];
}

/** Something that Drop wrote to a person. */
export interface Letter {
  kind: 'mail' | 'alert';
  /** ISO 8601. */
  at: string;
  /** One line. */
  text: string;
  /** Its page at the emulator. */
  path: string;
}
