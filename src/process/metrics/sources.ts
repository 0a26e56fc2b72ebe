import type { OutboundSnapshot } from '#outbound/outbound.ts';
import type { DatabaseReadings } from './database-readings.ts';

/** Read when the metrics are requested; none of it asks the database or a provider. */
export interface MetricSources {
  outbounds(): OutboundSnapshot[];
  /** Whether announcements of other processes arrive; absent in a process that does not listen. */
  isHearing?(): boolean;
  /** Calls that were not kept for the operator. */
  droppedCalls(): number;
  /** What was last read of the database; absent where no database is read. */
  readings?: DatabaseReadings;
}
