import type { HistoryFault } from '#domain/payment/history.ts';

/**
 * What a check of the audit trail finds:
 *
 * - `entry_changed`: the hash of an entry is not that of its fields
 * - `chain_broken`: an entry is missing, inserted or moved
 * - `row_changed`, `row_removed`, `row_added`: a recorded row is not as it was, is gone, or has no entry
 * - `salt_removed`: the salt is gone, and no erasure of the customer is recorded
 * - `day_changed`: entries of a day are not those that its root was made of
 * - `root_missing`, `root_changed`, `key_unknown`: the root of a day is gone, was changed, or signed with another key
 * - `file_missing`, `file_differs`: the file of a root is gone, or says something else than the database
 * - `record_missing`, `record_differs`: the same of the record of a root in the bucket
 * - `record_unread`: the bucket did not answer, so it is not known whether the root was changed
 * - and what is found in the history of a payment
 */
export type AuditFault =
  | 'entry_changed'
  | 'chain_broken'
  | 'row_changed'
  | 'row_removed'
  | 'row_added'
  | 'salt_removed'
  | 'day_changed'
  | 'root_missing'
  | 'root_changed'
  | 'key_unknown'
  | 'file_missing'
  | 'file_differs'
  | 'record_missing'
  | 'record_differs'
  | 'record_unread'
  | HistoryFault;

/** A place at which the trail, or what it records, was changed. No personal data: ids only. */
export interface AuditFinding {
  fault: AuditFault;
  /** The payment's id. */
  payment?: string;
  chain?: string;
  /** The number of the entry in its chain. */
  sequence?: number;
  /** `YYYY-MM-DD`. */
  day?: string;
  /** The row, such as `transaction_events 12`. */
  row?: string;
}

/** The findings in one part of the trail. */
export interface PartReport {
  entries: number;
  findings: AuditFinding[];
  /** Entries of customers whose data were erased: only their places in the chains can be checked. */
  erased: number;
  /** Entries whose rows Drop has deleted since, because they are kept for a limited time. */
  expired: number;
}
