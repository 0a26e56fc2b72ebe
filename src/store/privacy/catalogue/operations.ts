import { reasons, technical, type CataloguePart } from '../column.ts';

/** What operators need: calls to providers, errors, alerts, incidents, accesses and the audit trail. */
export const operationTables = {
  outbound_calls: {
    title: 'Call to a provider',
    holds:
      'provider, operation, status, time taken, and the body fields named in the provider’s `recorded.ts`: ids of ' +
      'applicants and payments, statuses; the bank; Drop’s ids of the person, the payment and the request',
    why: 'to investigate failures',
    basis: 'legitimate interest',
    kept: '14 days, at most a million calls; deleted within the hour after',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'ages' },
    given: [
      ...(['provider', 'operation', 'status', 'started_at', 'user_id', 'payment_id', 'bank_id'] as const),
    ],
    withheld: { request: reasons.investigation, response: reasons.investigation },
    technical: [
      ...(['id', 'attempt', 'method', 'origin', 'error_code', 'failure', 'provider_code'] as const),
      ...(['provider_request_id', 'duration_ms', 'traceparent', 'request_id'] as const),
    ],
  },
  customer_access_log: {
    title: 'Access to a customer',
    holds:
      'each search that found a customer, each reading, copy or erasure of one, and of the body of a webhook, by an ' +
      'operator: name, what, why and when; not the searched text; rows cannot be changed',
    why: 'to account for every access',
    basis: 'law',
    kept: 'five years; then deleted by a nightly job, and never before',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'ages' },
    given: ['user_id', 'what', 'subject', 'at'],
    withheld: { actor_name: reasons.employee, why: reasons.investigation },
    technical: ['id'],
  },
  audit_entries: {
    title: 'Audit trail',
    holds:
      'Drop’s id of the person, times, kinds, and salted digests of payments, messages and verdicts, without their ' +
      'values; of some acts the operator’s name, what and why',
    why: 'to find changes of what was recorded',
    basis: 'law',
    kept: 'kept; the salts, without which a digest tells nothing, are deleted with the verdicts and payments',
    rowsOf: { column: 'subject' },
    closing: { rows: 'stays' },
    given: ['chain', 'kind', 'subject', 'at'],
    withheld: { digest: reasons.hash, hash: reasons.hash, previous: reasons.hash, salt: reasons.hash },
    technical: ['sequence', 'rows', 'facts', 'day'],
  },
  error_groups: {
    title: 'Errors',
    holds: 'errors of the log by cause: the latest message and stack, redacted, and ids',
    why: 'to find faults',
    basis: 'legitimate interest',
    kept: '90 days after the latest error',
    closing: { rows: 'ages' },
    withheld: { example: 'ids among redacted text', resolved_by: reasons.employee },
    technical: [
      ...(['id', 'fingerprint', 'title', 'name', 'code', 'place', 'errors', 'first_at'] as const),
      ...(['first_release', 'last_at', 'last_release', 'resolved_at', 'is_told'] as const),
    ],
  },
  error_tallies: {
    title: 'Error',
    holds: 'Drop’s id of a customer whose request failed through a fault of Drop or a provider',
    why: 'to tell operators how many customers are concerned',
    basis: 'legitimate interest',
    kept: 'a minute and a half',
    closing: { rows: 'ages' },
    withheld: { customers: 'gone before a copy is made' },
    technical: ['second', 'process', 'last_at', 'errors', 'causes'],
  },
  error_spike: {
    title: 'Error',
    holds: 'the same, while errors are frequent',
    why: 'to tell operators how many customers are concerned',
    basis: 'legitimate interest',
    kept: 'until the error spike is over',
    closing: { rows: 'ages' },
    withheld: { customers: 'gone within hours' },
    technical: ['only_row', 'since', 'last_at', 'errors', 'causes'],
  },
  open_alerts: {
    title: 'Condition',
    holds:
      'what operators were alerted to and is not over: provider, bank, numbers, and the ids of a few payments or users',
    why: 'to alert once',
    basis: 'legitimate interest',
    kept: 'until it is over',
    closing: { rows: 'ages' },
    withheld: { subject: reasons.elsewhere, parameters: reasons.elsewhere },
    technical: ['key', 'stage', 'raised_at', 'calm_since', 'gathered_errors', 'gathered_groups'],
  },
  incidents: technical('the numbers of incidents', ['id']),
  incident_entries: {
    title: 'Incidents',
    holds: 'what operators found out, decided and reported, with their names; no personal data of customers',
    why: 'supervision',
    basis: 'law',
    kept: 'not deleted; rows cannot be changed',
    closing: { rows: 'stays' },
    withheld: { actor_name: reasons.employee },
    technical: ['id', 'incident_id', 'at', 'note', 'facts'],
  },
  routing_changes: {
    title: 'Change of the routing',
    holds: 'the policy of the open banking providers, with the operator’s name',
    why: 'supervision',
    basis: 'legitimate interest',
    kept: 'not deleted',
    closing: { rows: 'stays' },
    withheld: { changed_by: reasons.employee },
    technical: ['version', 'kind', 'policy', 'restores', 'changed_at', 'reason'],
  },
  webhook_replays: {
    title: 'Replay of webhooks',
    holds: 'which webhooks an operator had handled again, why, and the operator’s name',
    why: 'to account for acts',
    basis: 'legitimate interest',
    kept: 'not deleted',
    closing: { rows: 'stays' },
    withheld: { replayed_by: reasons.employee },
    technical: ['id', 'reason', 'filters', 'webhooks', 'replayed_at'],
  },
  audit_days: technical('the days of the audit trail that are over', ['day', 'closed_at']),
  audit_roots: technical('the signed roots of the audit trail', [
    ...(['day', 'statement', 'public_key', 'signature'] as const),
  ]),
  alert_delivery: technical('how the delivery of alerts stands', [
    ...(['only_row', 'holder', 'held_until', 'slot_at', 'paused_until', 'mail_at'] as const),
    ...(['failing_since', 'failures', 'last_failure', 'is_refused'] as const),
  ]),
  alert_repetitions: technical('which alerts are not repeated yet', ['fingerprint', 'until']),
  scheduled_runs: technical('when each job was last done', ['job', 'done_at']),
  running_processes: technical('the processes of Drop', [
    ...(['id', 'host', 'pid', 'version', 'started_at', 'seen_at'] as const),
  ]),
  provider_breakers: technical('which breakers are open', ['provider', 'scope', 'open_until']),
  key_fingerprints: technical('fingerprints of the keys that were used', [
    ...(['purpose', 'key_id', 'fingerprint', 'recorded_at'] as const),
  ]),
} as const satisfies CataloguePart;
