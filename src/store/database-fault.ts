import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import { placeOf } from './connections.ts';
import { databaseError } from './database.ts';

/** The address of a database, and what gives it. */
export interface DatabasePlace {
  url: string;
  name: string;
}

type Place = ReturnType<typeof placeOf>;

interface Fault {
  /** Node's and PostgreSQL's codes (PostgreSQL, appendix A), or the driver's words. */
  of: RegExp;
  code: ErrorCode;
  text: (place: Place) => string;
}

const unreachable = (of: RegExp, text: Fault['text']): Fault => ({ of, code: 'database_unavailable', text });
const refused = (of: RegExp, text: Fault['text']): Fault => ({ of, code: 'configuration_invalid', text });

const faults: readonly Fault[] = [
  unreachable(/ENOTFOUND|EAI_AGAIN/, () => 'a name that cannot be resolved'),
  unreachable(/ECONNREFUSED/, () => 'where no server listens'),
  unreachable(/ENOENT/, () => 'where there is no socket of a server'),
  unreachable(/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|timeout/, () => 'where no server answers in time'),
  unreachable(/53300/, () => 'where PostgreSQL has no connection left'),
  unreachable(/53100|No space left/, () => 'where the disk of PostgreSQL is full: make room on it'),
  unreachable(
    /57P0[1-3]/,
    () => 'where PostgreSQL is starting or stopping; where that lasts, its log says why, such as a full disk',
  ),
  refused(/28P01|28000/, ({ user }) => `where PostgreSQL refuses the user ${user} or its password`),
  refused(/3D000/, ({ database }) => `where there is no database ${database}`),
  refused(/42501/, ({ user }) => `where the user ${user} may not read or create Drop's tables`),
  refused(/42P01|42703/, () => 'a database without the schema of this version: npx drop migrate --dry-run'),
  refused(/does not support SSL/, () => 'where the server offers no TLS'),
  refused(/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_/, () => 'where the certificate of the server is not trusted'),
];

/** Says of an error what is wrong with the database at `url`, which `name` gives: with its host, never its password. */
export function databaseFault(error: unknown, { url, name }: DatabasePlace): unknown {
  const shown = databaseError(error);
  const isOurs = isDropError(shown) && shown.code !== 'database_unavailable';
  if (isOurs || !(error instanceof Error)) return error;
  const cause = isDropError(error) && error.cause instanceof Error ? error.cause : error;
  const known = `${'code' in cause ? String(cause.code) : ''} ${cause.message}`;
  const fault = faults.find(({ of }) => of.test(known));
  if (!fault) return shown;
  const place = placeOf(url);
  const at = place.host.startsWith('/') ? place.host : `${place.host} port ${place.port}`;
  return new DropError(fault.code, { message: `${name} leads to ${at}, ${fault.text(place)}.`, cause });
}
