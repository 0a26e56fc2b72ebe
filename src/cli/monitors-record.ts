import { redactText } from '#domain/redaction.ts';
import { recordAct } from '#usecases/operate/record-act.ts';
import { actorOf, type ActOptions } from './author-options.ts';
import { onRunningDatabase } from './running-database.ts';

/**
 * Keeps in the audit trail, before it is done, that an operator changes so many things at BetterStack. BetterStack must
 * be reachable also while Drop's database is not: then the change is made all the same, and is said not to be recorded.
 */
export async function recordMonitoring(options: ActOptions, act: string, changes: number): Promise<void> {
  if (changes === 0) return;
  const about = `${changes} changes at BetterStack`;
  try {
    await onRunningDatabase((context) =>
      recordAct(context.store.database, context, { ...actorOf(options), act, about }),
    );
  } catch (error) {
    const reason = redactText(error instanceof Error ? error.message : String(error));
    process.stderr.write(`not recorded in the audit trail: ${reason}\n`);
  }
}
