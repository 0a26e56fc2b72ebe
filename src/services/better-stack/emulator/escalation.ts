import type { Delivery, Incident } from './incidents.ts';
import type { EmulatedPolicy, EmulatedSeverity, EmulatedStep } from './shapes.ts';

const minuteMs = 60_000;

/** One step of a policy, with the moment at which it is due. */
export interface DueStep {
  minute: number;
  step: EmulatedStep;
}

/**
 * The steps that are due and were not taken. The wait of a step counts from the step before it. Nothing is due once
 * the incident was acknowledged.
 */
export function dueSteps(incident: Incident, { steps }: EmulatedPolicy, now: Date): DueStep[] {
  if (incident.acknowledgedAt) return [];
  const ageMs = now.getTime() - incident.startedAt.getTime();
  let waitMs = 0;
  return steps
    .map((step) => {
      waitMs += step.wait_before * 1_000;
      return { step, minute: waitMs / minuteMs };
    })
    .filter(({ minute }, index) => index >= incident.stepsTaken && minute * minuteMs <= ageMs);
}

/** Who a step tells, and how: Slack by membership, people by what the severity sends. */
export function recipientsOf(
  { step_members: members }: EmulatedStep,
  severity: EmulatedSeverity | undefined,
  onCall: string,
): Pick<Delivery, 'channel' | 'to'>[] {
  return members.flatMap(({ type, email }): Pick<Delivery, 'channel' | 'to'>[] => {
    if (type.includes('slack')) return [{ channel: 'slack', to: '#drop-ops' }];
    const to = email ?? onCall;
    return [
      ...(severity?.email ? [{ channel: 'email' as const, to }] : []),
      ...(severity?.sms ? [{ channel: 'sms' as const, to }] : []),
    ];
  });
}
