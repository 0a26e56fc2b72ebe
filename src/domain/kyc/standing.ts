import type { KycVerdict } from './verdict.ts';

/**
 * Whether the provider still has the applicant. `deactivated`: an operator of the provider did so. `deleted` is final.
 */
export const presences = ['present', 'deactivated', 'deleted'] as const;
export type Presence = (typeof presences)[number];

/** The last known presence of an applicant, and the provider's own time of the change. */
export interface PresenceKnown {
  presence: Presence;
  at: Date | undefined;
}

/** Further apart than the clocks of Drop and of the provider. */
const clocksApartMs = 300_000;

/** Without a time that is yet to come at `now`: it tells nothing of the order, and would outdo every later event. */
export function withPastTime({ presence, at }: PresenceKnown, now: Date): PresenceKnown {
  const isToCome = at !== undefined && at.getTime() > now.getTime() + clocksApartMs;
  return { presence, at: isToCome ? undefined : at };
}

/**
 * Applies a reported presence to the known one. Events arrive in any order, so they are ordered by the provider's own
 * time, and an older event changes nothing. When the times are equal, or an event has none, the stricter presence
 * counts. A deletion is final.
 */
export function presenceAfter(known: PresenceKnown, heard: PresenceKnown | undefined): PresenceKnown {
  if (!heard || known.presence === 'deleted') return known;
  if (heard.presence === 'deleted') return heard;
  const order = orderOf(known.at, heard.at);
  if (order === 'later') return heard;
  const isStricter = presences.indexOf(heard.presence) > presences.indexOf(known.presence);
  return order === 'unclear' && isStricter ? heard : known;
}

function orderOf(known: Date | undefined, heard: Date | undefined): 'earlier' | 'unclear' | 'later' {
  if (heard === undefined || heard.getTime() === known?.getTime()) return 'unclear';
  return known === undefined || heard > known ? 'later' : 'earlier';
}

/**
 * The verdict that results from `verdict` and the applicant's presence; only a present applicant may pay. A deactivated
 * applicant waits for the provider's operators. A deleted applicant may start again, unless `verdict` or the previous
 * verdict `former` is a final refusal.
 */
export function withPresence(verdict: KycVerdict, presence: Presence, former: KycVerdict): KycVerdict {
  switch (presence) {
    case 'present':
      return verdict;
    case 'deactivated':
      return { status: 'queued', canRetry: false, labels: [], customerComment: undefined };
    case 'deleted':
      return [verdict, former].find(isFinalRefusal) ?? nothingKnown;
  }
}

/** The verdict for a customer who has no applicant at the provider. */
export const nothingKnown: KycVerdict = {
  status: 'none',
  canRetry: false,
  labels: [],
  customerComment: undefined,
};

/** Whether the verdict is a rejection that the customer cannot change. */
export function isFinalRefusal({ status, canRetry }: KycVerdict): boolean {
  return status === 'rejected' && !canRetry;
}

/** Whether both verdicts look the same to the customer and to the operator. */
export function isSameVerdict(one: KycVerdict, other: KycVerdict): boolean {
  return (
    one.status === other.status &&
    one.canRetry === other.canRetry &&
    one.customerComment === other.customerComment &&
    one.labels.join() === other.labels.join()
  );
}
