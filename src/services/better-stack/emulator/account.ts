import type { EmulatorContext } from '#emulation/emulator.ts';
import { Listeners } from '#emulation/listeners.ts';
import { Channels, type Receivers, type Sms } from './channels.ts';
import { Collections } from './collections.ts';
import { Incidents } from './incidents.ts';
import { Watch } from './watch.ts';

const lookEveryMs = 5_000;
const minuteMs = 60_000;

interface Saved {
  collections: ReturnType<Collections['save']>;
  incidents: object;
  sms: readonly Sms[];
}

/** The emulated account: what it holds, the checks that run on it, and the pages that are open. */
export class Account {
  readonly collections = new Collections();
  readonly incidents = new Incidents();
  readonly channels: Channels;
  readonly pages = new Listeners();
  readonly watch: Watch;
  readonly #context: EmulatorContext;
  #isClosed = false;

  constructor(context: EmulatorContext) {
    this.#context = context;
    this.channels = new Channels(context);
    const { collections, incidents, channels } = this;
    this.watch = new Watch({ context, collections, incidents, channels });
  }

  /** Begins to check; alerts go to `receivers`. */
  begin(receivers: Receivers): void {
    this.channels.receivers = receivers;
    this.#lookLater();
  }

  close(): void {
    this.#isClosed = true;
  }

  /** The open pages load again. */
  tell(): void {
    this.pages.tell('"changed"');
  }

  /** Checks what is due, or everything. */
  async look(isForced: boolean): Promise<void> {
    const before = JSON.stringify(this.incidents.save());
    await this.watch.look(isForced);
    if (JSON.stringify(this.incidents.save()) !== before) this.tell();
  }

  /** Every check fails from now on, or none by this; both show at once. */
  async cutOff(isCutOff: boolean): Promise<void> {
    this.watch.isCutOff = isCutOff;
    await this.look(true);
    this.tell();
  }

  /** Open incidents become older, so that the next steps of their escalation are due. */
  async passMinutes(minutes: number): Promise<void> {
    for (const incident of this.incidents.open())
      incident.startedAt = new Date(incident.startedAt.getTime() - minutes * minuteMs);
    await this.look(false);
  }

  /** Returns whether there is such an incident. */
  acknowledge(id: string): boolean {
    const incident = this.incidents.find(id);
    if (incident) incident.acknowledgedAt ??= this.#context.clock.now();
    return incident !== undefined;
  }

  reset(): void {
    this.collections.reset();
    this.incidents.reset();
    this.channels.sms = [];
    this.watch.isCutOff = false;
  }

  save(): Saved {
    const { collections, incidents, channels } = this;
    return { collections: collections.save(), incidents: incidents.save(), sms: channels.sms };
  }

  restore({ collections, incidents, sms }: Saved): void {
    this.collections.restore(collections);
    this.incidents.restore(incidents);
    this.channels.sms = sms;
  }

  #lookLater(): void {
    this.#context.clock.schedule(lookEveryMs, () => {
      if (!this.#isClosed) void this.look(false).finally(() => this.#lookLater());
    });
  }
}
