import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { auditSettingsOf } from '#configuration/audit.ts';
import { checkOf, failed, ok, skipped, warning, type Check } from './finding.ts';
import { isAtFault, type Patient } from './patient.ts';

const area = 'audit';

/** The key that signs the roots of the audit trail, and the directory that keeps them. */
export function auditChecks(patient: Patient): Check[] {
  const { config } = patient;
  const isSandbox = config.DROP_ENVIRONMENT === 'sandbox';
  const { isDemoKey, directory } = auditSettingsOf(config);
  const key = isAtFault(patient, ['AUDIT_SIGNING_KEY'])
    ? skipped(area, 'AUDIT_SIGNING_KEY', 'it is at fault')
    : checkOf(area, 'AUDIT_SIGNING_KEY', async () => {
        if (!isDemoKey) return ok('roots are signed with a key of your own');
        if (isSandbox) return ok('roots are signed with the demo key, as in every sandbox');
        return warning('roots are signed with the demo key, which is public', 'set it (docs/audit.md)');
      });
  return [key, checkOf(area, 'AUDIT_ROOTS_DIRECTORY', async () => judgeDirectory(directory, isSandbox))];
}

async function judgeDirectory(directory: string | undefined, isSandbox: boolean) {
  if (directory === undefined) {
    if (isSandbox) return ok('not set: the sandbox keeps its roots in the database');
    const advice = 'set it to a directory that the database server cannot write to (docs/audit.md)';
    return warning('roots are kept by the database and the log only', advice);
  }
  return access(directory, constants.W_OK | constants.X_OK).then(
    () => ok('Drop’s user may write there'),
    () => failed('cannot be written to', 'create the directory, and let Drop’s user write to it'),
  );
}
