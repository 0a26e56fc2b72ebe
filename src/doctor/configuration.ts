import { keyVariables } from '#configuration/own-keys.ts';
import { isDropError } from '#domain/errors.ts';
import { refuseLostProviders } from '#process/lost-providers.ts';
import { compareKeys } from '#process/wrong-keys.ts';
import { openStore, type Store } from '#store/database.ts';
import { checkOf, failed, ok, skipped, type Check, type Finding } from './finding.ts';
import { isAtFault, type Patient } from './patient.ts';

const area = 'configuration';

/** Whether a start would take the configuration: by itself, and together with what the database holds. */
export function configurationChecks(patient: Patient): Check[] {
  return [
    {
      area,
      subject: 'variables',
      run: async () => [...variableFindings(patient), productionFinding(patient)],
    },
    databaseCheck(patient, 'keys', async (store) => {
      await compareKeys(patient.config, store);
      return 'Drop’s own keys are those that the database was filled with';
    }),
    databaseCheck(patient, 'providers', async (store) => {
      await refuseLostProviders({ ...patient, store });
      return 'every provider with open payments or consents has credentials';
    }),
  ];
}

function variableFindings({ faults, origin }: Patient): Finding[] {
  if (faults.length === 0)
    return [{ area, subject: 'variables', ...ok(`read from ${origin}; a start takes them all`) }];
  return faults.map(({ variable, problem }) => {
    const advice = `correct it in ${origin} (docs/configuration.md)`;
    return { area, subject: variable, ...failed(problem, advice) };
  });
}

function productionFinding({ config, faults }: Patient): Finding {
  const subject = 'production rules';
  const { DROP_ENVIRONMENT: environment } = config;
  if (environment !== 'production') {
    const text = `DROP_ENVIRONMENT is ${environment}: the rules of production do not apply`;
    return { area, subject, severity: 'skipped', text };
  }
  const advice =
    'correct the variables; DROP_ENVIRONMENT is production unless it is set (docs/configuration.md)';
  if (faults.length > 0) return { area, subject, ...failed('production would not start', advice) };
  return { area, subject, ...ok('no variable holds what production refuses') };
}

/** A check of the start that reads the database. Where the database cannot be read, its own checks say why. */
function databaseCheck(patient: Patient, subject: string, work: (store: Store) => Promise<string>): Check {
  const { database } = patient;
  if (database === undefined) return skipped(area, subject, 'there is no database to compare with');
  const needed = subject === 'keys' ? keyVariables : ['OPENBANKING_PROVIDER'];
  if (isAtFault(patient, needed)) return skipped(area, subject, 'the variables are at fault');
  return checkOf(area, subject, async () => {
    const store = openStore(database.pooled.url);
    try {
      return ok(await work(store));
    } catch (error) {
      if (isDropError(error, 'configuration_invalid'))
        return failed(error.message, 'set what is named; a start is refused until then');
      return { severity: 'skipped', text: 'the database cannot be read, as said under database' };
    } finally {
      await store.close();
    }
  });
}
