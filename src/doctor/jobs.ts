import { version } from '#configuration/version.ts';
import { schedules } from '#jobs/table.ts';
import type { Clock } from '#domain/clock.ts';
import type { CheckVerdict } from '#services/definition.ts';
import { openStore, type Database } from '#store/database.ts';
import { listRuns } from '#store/system-state.ts';
import { systemState } from '#usecases/operate/status.ts';
import { stalledJobs } from '#usecases/watch/stalled.ts';
import { checkOf, ok, failed, skipped, warning, type Check } from './finding.ts';
import type { Patient } from './patient.ts';

const area = 'jobs';

/** The processes of Drop, and when each scheduled job was last done. */
export function jobChecks(patient: Patient): Check[] {
  const { database, clock, entropy } = patient;
  if (database === undefined) return [skipped(area, 'scheduled work', 'there is no database')];
  const reading = (subject: string, work: (queries: Database) => Promise<CheckVerdict>): Check =>
    checkOf(area, subject, async () => {
      const store = openStore(database.pooled.url);
      try {
        return await work(store.database);
      } catch {
        return { severity: 'skipped', text: 'the database cannot be read, as said under database' };
      } finally {
        await store.close();
      }
    });
  return [
    reading('processes', async (queries) => {
      const state = await systemState({ store: { database: queries }, clock, entropy });
      return judgeProcesses(state.processes.filter(({ isLost }) => !isLost));
    }),
    reading('scheduled work', async (queries) => judgeRuns(await listRuns(queries), clock)),
  ];
}

function judgeProcesses(alive: readonly { version: string }[]): CheckVerdict {
  if (alive.length === 0)
    return warning(
      'no process of Drop has reported itself in three minutes',
      'start Drop, or look why it ended',
    );
  const versions = [...new Set(alive.map((process) => process.version))];
  if (versions.length > 1)
    return warning(
      `processes of ${versions.length} versions run: ${versions.join(', ')}`,
      'finish the upgrade',
    );
  const text = `${alive.length} of version ${versions.join()}`;
  if (versions[0] === version) return ok(text);
  return warning(`${text}, and this command is of ${version}`, 'use the command of the version that runs');
}

const namedMax = 5;

function judgeRuns(runs: readonly { job: string; doneAt: Date }[], clock: Clock): CheckVerdict {
  const doneAt = new Map(runs.map(({ job, doneAt: at }) => [job, at]));
  const stalled = stalledJobs(clock, schedules, doneAt);
  const never = schedules.filter(({ job }) => !doneAt.has(job)).length;
  if (stalled.length > 0) {
    const named = stalled
      .slice(0, namedMax)
      .map(({ name, sinceMs }) => `${name} (${Math.round(sinceMs / 60_000)} min ago)`);
    const text = `${stalled.length} of ${schedules.length} jobs are late: ${named.join(', ')}`;
    return failed(text, 'docs/runbook/scheduled-work-has-stalled.md says what to do');
  }
  if (never === schedules.length)
    return warning('no job was done yet', 'start Drop, which does the first within a minute');
  return ok(`${schedules.length - never} of ${schedules.length} jobs in time, ${never} not due yet`);
}
