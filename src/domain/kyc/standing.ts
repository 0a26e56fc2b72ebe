import type { KycVerdict } from './verdict.ts';

/** Whether the provider still has the applicant: `deactivated` by an operator there, or `deleted`, for good. */
export const presences = ['present', 'deactivated', 'deleted'] as const;
export type Presence = (typeof presences)[number];

/** What was last heard of an applicant's presence, and when the provider says that it came about. */
export interface PresenceKnown {
  presence: Presence;
  at: Date | undefined;
}

/**
 * What counts after something was heard. Events are ordered by the provider's own time, since they arrive in any
 * order: a late older one changes nothing. Of two with the same time, and of one without a time, the stricter counts.
 * Nothing comes after a deletion.
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
 * What a verdict is worth with this presence; only one who is present may pay. A deactivated applicant waits for the
 * people who did it. A deleted one may begin anew, unless it is, or `former`, the verdict before, was, a refusal for
 * good.
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

/** The verdict on who has no applicant. */
export const nothingKnown: KycVerdict = {
  status: 'none',
  canRetry: false,
  labels: [],
  customerComment: undefined,
};

/** Nothing that the customer does changes it. */
export function isFinalRefusal({ status, canRetry }: KycVerdict): boolean {
  return status === 'rejected' && !canRetry;
}

/** Whether the one verdict says the same to customer and operator as the other. */
export function isSameVerdict(one: KycVerdict, other: KycVerdict): boolean {
  return (
    one.status === other.status &&
    one.canRetry === other.canRetry &&
    one.customerComment === other.customerComment &&
    one.labels.join() === other.labels.join()
  );
}
