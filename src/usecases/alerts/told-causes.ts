import type { Unanswered } from '#domain/unanswered.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { ErrorTally } from '#store/error-tallies.ts';
import { gatherErrors, openAlertsOf, type AlertName } from '#store/open-alerts.ts';
import { openBreakers } from '#store/provider-breakers.ts';

/** The alerts that tell who does not answer. */
const tellingKeys = ['provider_not_called', 'bank_not_called'] as const;
export type TellingKey = (typeof tellingKeys)[number];

/** An alert that tells of the cause of errors. */
export interface TellingAlert extends AlertName {
  key: TellingKey;
  /** Whether it was raised; otherwise a breaker is open, and it is raised within seconds. */
  isOpen: boolean;
}

/** Which causes of errors operators have an open alert of. */
export interface ToldCauses {
  /** Whether there is an open alert of this name. */
  isOpen(name: AlertName): boolean;
  /** The alert that tells who does not answer; undefined for every other error. */
  alertOf(unanswered: Unanswered | undefined): TellingAlert | undefined;
}

/** What the alert about a bank concerns. */
export function bankSubject(provider: string, bank: string): string {
  return `${provider} ${bank}`;
}

/** Reads the alerts about providers and banks that are not called, and the breakers that are open. */
export async function readToldCauses(transaction: OpenTransaction): Promise<ToldCauses> {
  const alerts = await openAlertsOf(transaction, tellingKeys);
  const breakers = (await openBreakers(transaction)).map(tellingName);
  const isIn = (names: readonly AlertName[], { key, subject }: AlertName): boolean =>
    names.some((name) => name.key === key && name.subject === subject);
  return {
    isOpen: (name) => isIn(alerts, name),
    alertOf(unanswered) {
      if (unanswered === undefined) return undefined;
      const telling = namesOf(unanswered);
      const open = telling.find((name) => isIn(alerts, name));
      const named = open ?? telling.find((name) => isIn(breakers, name));
      return named && { ...named, isOpen: open !== undefined };
    },
  };
}

/** The alert about a provider that is not called, or a part of it; `scope` is empty for all of it. */
export function tellingName({ provider, scope }: { provider: string; scope: string }): AlertName & {
  key: TellingKey;
} {
  return scope === ''
    ? { key: 'provider_not_called', subject: provider }
    : { key: 'bank_not_called', subject: bankSubject(provider, scope) };
}

/** The alerts that would tell of it. */
export function namesOf({ provider, bank }: Unanswered): (AlertName & { key: TellingKey })[] {
  const scopes = bank === undefined ? [''] : ['', bank];
  return scopes.map((scope) => tellingName({ provider, scope }));
}

/** Errors, apart: those that no alert tells of, and the alerts that tell of the others. */
export interface JudgedErrors {
  /** Undefined without any. */
  untold: ErrorTally | undefined;
  told: readonly { alert: TellingAlert; errors: number }[];
}

/**
 * Takes the errors apart. Beside told errors the customers of the others are not known, since a tally counts them
 * together.
 */
export function judgeErrors(tally: ErrorTally | undefined, told: Pick<ToldCauses, 'alertOf'>): JudgedErrors {
  const causes = (tally?.causes ?? []).map((cause) => {
    const { provider, bank, isUnanswered = false } = cause;
    const unanswered = isUnanswered && provider !== undefined ? { provider, bank } : undefined;
    return { cause, alert: told.alertOf(unanswered) };
  });
  const explained = causes.flatMap(({ cause: { errors }, alert }) => (alert ? [{ alert, errors }] : []));
  if (!tally || explained.length === 0) return { untold: tally, told: explained };
  const errors = tally.errors - explained.reduce((sum, each) => sum + each.errors, 0);
  const others = causes.flatMap(({ cause, alert }) => (alert ? [] : [cause]));
  return {
    untold: errors > 0 ? { ...tally, errors, causes: others, customers: [] } : undefined,
    told: explained,
  };
}

/** Adds errors to the open alerts that tell of them. */
export async function gatherTold(transaction: OpenTransaction, told: JudgedErrors['told']): Promise<void> {
  for (const { alert, errors } of told) await gatherErrors(transaction, alert, { errors, groups: [] });
}
