/** The reports to the supervisory authority, in their order (Regulation (EU) 2022/2554, article 19(4)). */
export const incidentReports = ['initial', 'intermediate', 'final'] as const;
export type IncidentReport = (typeof incidentReports)[number];

/** What an operator has found out of an incident. A later finding replaces an earlier one of the same name. */
export interface IncidentFacts {
  title?: string;
  /** When it began, as far as is known. */
  startedAt?: Date;
  /** When Drop's operators became aware of it: the clock of the initial report begins then. */
  awareAt?: Date;
  /** When service was restored. */
  endedAt?: Date;
  /** The provider, and its bank, whose failure it is; of the whole of Drop unless given. */
  provider?: string;
  bank?: string;
  /** A person's decision, and its time. */
  classification?: { isMajor: boolean; at: Date };
  rootCause?: string;
  /** When each report was sent. */
  reported?: Partial<Record<IncidentReport, Date>>;
}

/** One entry in the record of an incident. Entries are added and never changed. */
export interface IncidentEntry {
  at: Date;
  /** The operator's name. */
  actorName: string;
  note: string | null;
  facts: IncidentFacts;
}

export interface Incident extends IncidentFacts {
  id: number;
  title: string;
  startedAt: Date;
  awareAt: Date;
  reported: Partial<Record<IncidentReport, Date>>;
  entries: readonly IncidentEntry[];
}

/** The incident as its entries tell it, the oldest first. The first one holds title, beginning and awareness. */
export function incidentOf(id: number, entries: readonly IncidentEntry[]): Incident {
  const [first] = entries;
  const known: Incident = {
    id,
    title: first?.facts.title ?? '',
    startedAt: first?.at ?? new Date(0),
    awareAt: first?.at ?? new Date(0),
    reported: {},
    entries,
  };
  for (const { facts } of entries)
    Object.assign(known, facts, { reported: { ...known.reported, ...facts.reported } });
  return known;
}

/** Why the facts cannot be so, in words for the operator; undefined if they can. */
export function contradictionIn({
  startedAt,
  awareAt,
  endedAt,
  classification,
}: Incident): string | undefined {
  if (awareAt < startedAt) return 'Drop cannot have become aware of it before it began.';
  if (endedAt && endedAt < startedAt) return 'It cannot have ended before it began.';
  if (classification && classification.at < startedAt)
    return 'It cannot have been classified before it began.';
  return undefined;
}
