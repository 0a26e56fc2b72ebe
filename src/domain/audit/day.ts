const dayMs = 86_400_000;

/** The day of the audit trail at an instant, `YYYY-MM-DD`, in UTC: each has 24 hours. */
export function auditDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The day that is `days` after `day`. */
export function dayAfter(day: string, days = 1): string {
  return auditDay(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs));
}

/** When `day` begins. */
export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
