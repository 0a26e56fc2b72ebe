import type { EmulatorContext } from '#emulation/emulator.ts';
import type { Channels, Message } from './channels.ts';
import type { Collections, Kept } from './collections.ts';
import { dueSteps, recipientsOf } from './escalation.ts';
import type { Incident, Incidents } from './incidents.ts';
import { probe } from './probe.ts';
import type { EmulatedHeartbeat, EmulatedMonitor, EmulatedPolicy, EmulatedSeverity } from './shapes.ts';

/** The person on call, where a step names nobody by address. */
const onCall = 'vakt@drop.example';

export interface WatchParts {
  context: EmulatorContext;
  collections: Collections;
  incidents: Incidents;
  channels: Channels;
}

/** Checks what is due, begins and ends incidents, and tells people as the escalation says. */
export class Watch {
  readonly #parts: WatchParts;
  #looking: Promise<void> = Promise.resolve();
  /** Whether every check fails, as if the network before Drop were cut. */
  isCutOff = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /**
   * One look at everything, after the one before it, so that no step is taken twice. `isForced`: every monitor is
   * checked, also one that is not due.
   */
  async look(isForced = false): Promise<void> {
    const next = this.#looking.then(() => this.#look(isForced));
    this.#looking = next.catch(() => undefined);
    return next;
  }

  async #look(isForced: boolean): Promise<void> {
    const { collections, incidents } = this.#parts;
    await Promise.all(collections.list('monitors').map((monitor) => this.#check(monitor, isForced)));
    for (const heartbeat of collections.list('heartbeats')) this.#listen(heartbeat);
    for (const incident of incidents.open()) await this.#escalate(incident);
    for (const incident of incidents.open()) await this.#endIfOver(incident);
  }

  /** A heartbeat has arrived. */
  beat({ id }: Kept): void {
    this.#observe('heartbeats', id, undefined);
  }

  async #check({ id, attributes }: Kept, isForced: boolean): Promise<void> {
    const monitor = attributes as EmulatedMonitor;
    const { incidents, context } = this.#parts;
    const subject = { kind: 'monitors', id } as const;
    const { lastAt } = incidents.observed(subject);
    if (monitor.paused) return incidents.observe(subject, { status: 'paused' });
    const dueMs = (lastAt?.getTime() ?? 0) + monitor.check_frequency * 1_000;
    if (!isForced && context.clock.now().getTime() < dueMs) return;
    const result = this.isCutOff ? { cause: 'Connection failed' } : await probe(monitor);
    if (result === 'not probed') return;
    this.#observe('monitors', id, result.cause);
    if (result.cause !== undefined)
      this.#begin(subject, monitor.pronounceable_name ?? monitor.url, result.cause);
  }

  #listen({ id, attributes }: Kept): void {
    const { name, period, grace, paused } = attributes as EmulatedHeartbeat;
    const { incidents, context } = this.#parts;
    const subject = { kind: 'heartbeats', id } as const;
    if (paused) return incidents.observe(subject, { status: 'paused' });
    const { lastAt } = incidents.observed(subject);
    // It waits for the first one, however long.
    if (!lastAt) return;
    if (context.clock.now().getTime() <= lastAt.getTime() + (period + grace) * 1_000) return;
    incidents.observe(subject, { status: 'down', lastAt });
    this.#begin(subject, name, `No heartbeat for ${period + grace} s`);
  }

  #observe(kind: 'monitors' | 'heartbeats', id: string, cause: string | undefined): void {
    const { incidents, context } = this.#parts;
    const lastAt = context.clock.now();
    const { upSince } = incidents.observed({ kind, id });
    const observation =
      cause === undefined
        ? { status: 'up' as const, lastAt, upSince: upSince ?? lastAt }
        : { status: 'down' as const, lastAt };
    incidents.observe({ kind, id }, observation);
  }

  #begin(subject: Incident['subject'], name: string, cause: string): void {
    const { incidents, context } = this.#parts;
    if (incidents.openOf(subject)) return;
    incidents.begin({ subject, name, cause, startedAt: context.clock.now() });
  }

  async #escalate(incident: Incident): Promise<void> {
    const { collections, channels, context } = this.#parts;
    const now = context.clock.now();
    const policy = this.#policyOf(incident);
    for (const { step, minute } of policy ? dueSteps(incident, policy, now) : []) {
      incident.stepsTaken += 1;
      if (step.instructions_comment !== null) incident.instructions.push(step.instructions_comment);
      const severity = collections.find('urgencies', String(step.urgency_id))?.attributes;
      for (const recipient of recipientsOf(step, severity as EmulatedSeverity | undefined, onCall)) {
        const isDelivered = await channels.send(recipient, beganMessage(incident));
        incident.deliveries.push({ ...recipient, minute, at: now.toISOString(), isDelivered });
      }
    }
  }

  #policyOf({ subject }: Incident): EmulatedPolicy | undefined {
    const { collections } = this.#parts;
    const watched = collections.find(subject.kind, subject.id)?.attributes as EmulatedMonitor | undefined;
    return collections.find('policies', watched?.policy_id ?? null)?.attributes as EmulatedPolicy | undefined;
  }

  /** An incident ends when its monitor was up for its recovery period, or is gone; a heartbeat ends it at once. */
  async #endIfOver(incident: Incident): Promise<void> {
    const { collections, incidents, channels, context } = this.#parts;
    const now = context.clock.now();
    const watched = collections.find(incident.subject.kind, incident.subject.id)?.attributes;
    const { status, upSince } = incidents.observed(incident.subject);
    const recoverySeconds = Number(watched?.['recovery_period'] ?? 0);
    const isOver = status === 'up' && upSince && now.getTime() - upSince.getTime() >= recoverySeconds * 1_000;
    if (watched && !isOver) return;
    incident.resolvedAt = now;
    const told = new Map(incident.deliveries.map((each) => [`${each.channel} ${each.to}`, each]));
    for (const each of told.values())
      if (each.channel !== 'sms') await channels.send(each, endedMessage(incident));
  }
}

function beganMessage({ name, cause }: Incident): Message {
  return { title: `${name} is down`, text: `${cause}. Better Stack (emulator)` };
}

function endedMessage({ name }: Incident): Message {
  return { title: `${name} is up again`, text: 'The incident is resolved. Better Stack (emulator)' };
}
