import { incidentReports, type Incident, type IncidentReport } from './incident.ts';

/** The time by which a report must have been sent. */
export interface ReportClock {
  report: IncidentReport;
  /** Null while the clock has not begun, or when no report is needed. */
  dueAt: Date | null;
  reportedAt: Date | null;
  state: 'reported' | 'due' | 'overdue' | 'not begun' | 'not needed';
}

const hourMs = 3_600_000;
const afterClassificationMs = 4 * hourMs;
const afterAwarenessMs = 24 * hourMs;
const afterInitialMs = 72 * hourMs;

/**
 * The clocks of an incident's reports (Delegated Regulation (EU) 2025/301, article 5): the initial one at most 4 hours
 * after it is classified as major and 24 hours after awareness, the intermediate one 72 hours after the initial one,
 * and the final one a month after the intermediate one. Until it is classified, the clock runs as if it were major.
 */
export function clocksOf(incident: Incident, now: Date): ReportClock[] {
  const isNeeded = incident.classification?.isMajor !== false;
  return incidentReports.map((report) => {
    const reportedAt = incident.reported[report] ?? null;
    if (reportedAt) return { report, dueAt: dueAtOf(report, incident), reportedAt, state: 'reported' };
    const dueAt = isNeeded ? dueAtOf(report, incident) : null;
    if (!dueAt) return { report, dueAt, reportedAt, state: isNeeded ? 'not begun' : 'not needed' };
    return { report, dueAt, reportedAt, state: now > dueAt ? 'overdue' : 'due' };
  });
}

function dueAtOf(report: IncidentReport, { awareAt, classification, reported }: Incident): Date | null {
  if (report === 'intermediate') return reported.initial ? later(reported.initial, afterInitialMs) : null;
  if (report === 'final') return reported.intermediate ? monthAfter(reported.intermediate) : null;
  const limits = [later(awareAt, afterAwarenessMs)];
  if (classification?.isMajor) limits.push(later(classification.at, afterClassificationMs));
  return limits.reduce((first, next) => (next < first ? next : first));
}

function later(time: Date, byMs: number): Date {
  return new Date(time.getTime() + byMs);
}

/** The same day of the next month, or that month's last day if it has no such day (Regulation 1182/71, article 3). */
function monthAfter(time: Date): Date {
  const next = new Date(time);
  next.setUTCMonth(next.getUTCMonth() + 1);
  if (next.getUTCDate() !== time.getUTCDate()) next.setUTCDate(0);
  return next;
}
