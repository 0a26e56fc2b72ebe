import type { Unanswered } from '#domain/unanswered.ts';
import type { AlertName } from '#store/open-alerts.ts';
import type { AlertParameters } from './kinds.ts';
import { namesOf, type TellingAlert, type TellingKey, type ToldCauses } from './told-causes.ts';

/** The name of an alert about a provider or a bank that is not called. */
export type TellingName = AlertName & { key: TellingKey };

/** An alert that was sent from memory and is not in the database. */
export type SentAlert = {
  [Key in TellingKey]: { key: Key; subject: string; parameters: AlertParameters<Key>; raisedAt: Date };
}[TellingKey];

/**
 * A process's knowledge, without the database, of the alerts about providers and banks that are not called: those that
 * were open when the database was last read, those of its own breakers that opened since, and those that it sent from
 * memory.
 */
export class KnownAlerts {
  #read: ToldCauses | undefined;
  readonly #coming = new Map<string, TellingName>();
  readonly #sent = new Map<string, SentAlert>();

  /** Called when the open alerts were read. */
  noteRead(told: ToldCauses): void {
    this.#read = told;
    for (const [place, name] of this.#coming) if (told.isOpen(name)) this.#coming.delete(place);
  }

  /** Called when a breaker of this process opens, whose alert follows. */
  noteComing(name: TellingName): void {
    this.#coming.set(placeOf(name), name);
  }

  /** Called when an alert is sent from memory. */
  noteSent(alert: SentAlert): void {
    this.#sent.set(placeOf(alert), alert);
  }

  /** Called when alerts that were sent from memory are in the database. */
  noteStored(alerts: readonly SentAlert[]): void {
    for (const alert of alerts) this.#sent.delete(placeOf(alert));
  }

  /** The alerts that were sent from memory and are not in the database. */
  get unstored(): readonly SentAlert[] {
    return [...this.#sent.values()];
  }

  /** Whether operators were alerted, as far as this process knows. */
  isTold(name: TellingName): boolean {
    return this.#sent.has(placeOf(name)) || (this.#read?.isOpen(name) ?? false);
  }

  /** The alert that tells who does not answer, or will within seconds; undefined for every other error. */
  alertOf(unanswered: Unanswered | undefined): TellingAlert | undefined {
    if (unanswered === undefined) return undefined;
    const name = namesOf(unanswered).find((each) => this.isTold(each) || this.#coming.has(placeOf(each)));
    return name && { ...name, isOpen: this.isTold(name) };
  }
}

function placeOf({ key, subject }: AlertName): string {
  return `${key} ${subject}`;
}
