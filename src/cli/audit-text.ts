import type { AuditFault, AuditFinding } from '#usecases/audit/findings.ts';
import type { AuditReport } from '#usecases/audit/verify.ts';
import { plain } from './plain.ts';

const texts: Readonly<Record<AuditFault, string>> = {
  entry_changed: 'an entry was changed',
  chain_broken: 'an entry is missing, inserted or moved',
  row_changed: 'a recorded row was changed',
  row_removed: 'a recorded row was removed',
  row_added: 'a row has no entry',
  salt_removed: 'the salt was removed without an erasure',
  day_changed: 'the entries of a day are not those that were signed',
  root_missing: 'the root of a day is missing',
  root_changed: 'the root of a day was changed',
  key_unknown: 'the root of a day is signed with an unknown key',
  file_missing: 'the file of a root is missing',
  file_differs: 'the file of a root differs from the database',
  record_missing: 'the record of a root in the bucket is missing',
  record_differs: 'the record of a root in the bucket differs from the database',
  record_unread: 'the record of a root could not be read: the bucket does not answer',
  move_not_allowed: 'the payment moved as no payment can',
  final_left: 'the payment moved out of a final status',
  unproven: 'the payment moved without what proves the move',
  status_changed: 'the status is not the one that the last move led to',
  settled_at_changed: 'the time of settlement and the status do not agree',
  order_changed: 'the order is not the one whose hash was kept',
  settled_otherwise: 'the payment is settled although another order was reported',
  contradiction_lost: 'the bank has a second payment of the order, and the payment does not say so',
  sent_again: 'the payment was handed over again after the bank may have had it',
  not_told: 'the customer was not told the outcome',
  told_again: 'the customer was told the outcome more than once',
  told_wrongly: 'the customer was told another outcome',
};

/** A finding in one line. */
export function findingLine({ fault, day, chain, payment, sequence, row }: AuditFinding): string {
  const place = [
    ...(day === undefined ? [] : [`day ${day}`]),
    ...(payment === undefined ? (chain === undefined ? [] : [`chain ${chain}`]) : [`payment ${payment}`]),
    ...(sequence === undefined ? [] : [`entry ${sequence}`]),
    ...(row === undefined ? [] : [row]),
  ];
  return plain(`${fault}  ${texts[fault]}: ${place.join(', ')}`);
}

/** Whether there was nothing to verify, which says nothing about the trail. */
export function isOfNothing({ entries, roots, found }: AuditReport): boolean {
  return entries === 0 && roots === 0 && found === 0;
}

/** How much was verified, and with what result. */
export function summaryOf(report: AuditReport): string[] {
  if (isOfNothing(report)) return ['Nothing was verified: the trail has no such entries.'];
  const { entries, chains, roots, erased, expired, found, findings } = report;
  const more = found > findings.length ? ` (the first ${findings.length} are listed)` : '';
  return [
    `${entries} entries of ${chains} chains and ${roots} roots verified.`,
    ...(erased > 0
      ? [`${erased} entries of erased customers: their places hold, their content is gone.`]
      : []),
    ...(expired > 0 ? [`${expired} entries of rows that Drop has deleted since, as it should.`] : []),
    found === 0 ? 'The audit trail is whole.' : `${found} findings${more}.`,
  ];
}
