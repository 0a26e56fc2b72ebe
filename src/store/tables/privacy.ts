import type { Generated } from 'kysely';
import type { ErasureStep } from '#domain/erasure.ts';
import type { Locale } from '#domain/locale.ts';

/** The closing of an account. The row outlives the customer. */
export interface AccountClosuresTable {
  user_id: string;
  asked_at: Date;
  asked_by: 'customer' | 'operator';
  kept_until: Date;
  steps_done: Generated<ErasureStep[]>;
  attempts: Generated<number>;
  due_at: Date;
  done_at: Date | null;
}

export interface DataCopiesTable {
  id: string;
  user_id: string;
  locale: Locale;
  asked_at: Date;
  file_key: string | null;
  bytes: number | null;
  ready_at: Date | null;
  expires_at: Date;
  failed_at: Date | null;
}
