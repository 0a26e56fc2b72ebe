import { productionProblem } from '#domain/flags/evaluate.ts';
import { Secret } from '#domain/secret.ts';
import type { GivenVariable } from './address-rules.ts';
import { databaseAddressProblem } from './database-address.ts';
import { isThisMachine } from './hosts.ts';
import { isPlaceholder } from './placeholder.ts';
import { looksRandom } from './random-key.ts';
import type { CoreVariables } from './variables.ts';
import type { Fault } from './variables/fault.ts';

/** One danger that production refuses. */
interface ProductionRule {
  /** The variables that it judges. */
  judges(given: GivenVariable): boolean;
  /** The problem with one text of the value, each text of a list by itself; absent values are undefined. */
  problem(text: string | undefined, circumstances: { given: GivenVariable; core: CoreVariables }): Problem;
}

type Problem = string | undefined;

const secretLengthMin = 16;
const sandboxPrefix = 'demo-';

const databases = ['DATABASE_URL', 'DATABASE_DIRECT_URL'];

const named =
  (...names: string[]) =>
  ({ variable }: GivenVariable): boolean =>
    names.includes(variable);

/** The first rule that finds a problem with a variable speaks. */
const rules: readonly ProductionRule[] = [
  {
    judges: named('NEXT_PUBLIC_SERVICE_MODE'),
    problem: (text) => (text === 'mock' ? 'must not be mock in production' : undefined),
  },
  {
    judges: named('ALLOW_PUBLIC_MOCKS'),
    problem: (text) => (text === 'true' ? 'must not be true in production, which has no mocks' : undefined),
  },
  {
    judges: named('FEATURE_FLAGS'),
    problem: (text) => (text === undefined ? undefined : productionProblem(text)),
  },
  {
    judges: named('LOG_LEVEL'),
    problem: (text) =>
      text === 'silent' ? 'must not be silent in production: failures would go unnoticed' : undefined,
  },
  { judges: named('BASE_URL'), problem: (text) => publicAddressProblem(text) },
  { judges: ({ meta }) => meta?.address === 'return', problem: (text) => returnProblem(text) },
  {
    judges: named('DATABASE_URL'),
    problem: (text) =>
      text === undefined
        ? 'is required in production: the embedded database is for sandbox and staging'
        : undefined,
  },
  { judges: () => true, problem: (text) => placeholderProblem(text) },
  { judges: () => true, problem: (text, { given }) => sandboxProblem(text, given) },
  {
    judges: named(...databases),
    problem: (text) => (text === undefined ? undefined : databaseAddressProblem(text)),
  },
  {
    judges: named('NATIONAL_ID_HASH_KEY', 'DATA_ENCRYPTION_KEY'),
    problem: (text, { given }) => keyProblem(text, given),
  },
  {
    judges: named('AUDIT_SIGNING_KEY'),
    problem: (text) =>
      text === undefined || looksRandom(text)
        ? undefined
        : 'must be random, not a pass phrase: make one with "openssl rand -base64 32"',
  },
  {
    judges: named('OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'),
    problem: (text, { core }) => collectorProblem(text, core.OTEL_EXPORTER_OTLP_HEADERS !== undefined),
  },
  { judges: (given) => !named(...databases)(given), problem: (text) => userInfoProblem(text) },
  {
    judges: ({ value }) => [value].flat().some((each) => each instanceof Secret),
    problem: (text) =>
      text !== undefined && text.length < secretLengthMin
        ? `must have at least ${secretLengthMin} characters`
        : undefined,
  },
];

/** The faults that production refuses, one for each variable. */
export function productionFaults(core: CoreVariables, judged: readonly GivenVariable[]): Fault[] {
  return judged.flatMap((given) => {
    const texts = textsOf(given.value);
    for (const rule of rules.filter(({ judges }) => judges(given))) {
      const found = texts.map((text) => rule.problem(text, { given, core }));
      const problem = found.find((each) => each !== undefined);
      if (problem !== undefined) return [{ variable: given.variable, problem }];
    }
    return [];
  });
}

function textsOf(value: unknown): (string | undefined)[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value instanceof Secret) return [String(value.reveal())];
  const isPlain = typeof value === 'string' || typeof value === 'boolean';
  return [isPlain ? String(value) : undefined];
}

function publicAddressProblem(text: string | undefined): Problem {
  const address = URL.parse(text ?? '');
  if (address?.protocol !== 'https:') return 'must be an https: address in production';
  return isThisMachine(address.hostname) ? 'must not be on loopback in production' : undefined;
}

/** Where codes come back to: over plain HTTP anybody on the way reads them (RFC 9700, 4.1). */
function returnProblem(text: string | undefined): Problem {
  const address = URL.parse(text ?? '');
  if (address?.protocol === 'http:') return 'must not be an http: address in production';
  const isHere = address?.protocol === 'https:' && isThisMachine(address.hostname);
  return isHere ? 'must not be on loopback in production' : undefined;
}

function placeholderProblem(text: string | undefined): Problem {
  return isPlaceholder(text ?? '') ? 'is a placeholder: put the real value in its place' : undefined;
}

/** In a list of keys, the headers of a collector or an address with credentials, a secret follows other signs. */
function sandboxProblem(text: string | undefined, { meta }: GivenVariable): Problem {
  const does = 'sandbox credentials do not work in production';
  if (text?.startsWith(sandboxPrefix)) return `starts with ${sandboxPrefix}: ${does}`;
  const holds = meta?.secret === true && /(?:[\s:=]|\/\/|%20)demo-/i.test(text ?? '');
  return holds ? `holds a value that starts with ${sandboxPrefix}: ${does}` : undefined;
}

function keyProblem(text: string | undefined, { variable }: GivenVariable): Problem {
  if (text === undefined || looksRandom(text)) return undefined;
  const former = variable.replace(/KEY$/, 'FORMER_KEYS');
  return (
    'must be random, not a pass phrase: make one with "openssl rand -base64 32", give it a new ' +
    `${variable}_ID, and move a key that is in use to ${former}`
  );
}

function collectorProblem(text: string | undefined, hasHeaders: boolean): Problem {
  const address = URL.parse(text ?? '');
  if (!hasHeaders || address?.protocol !== 'http:' || isThisMachine(address.hostname)) return undefined;
  return 'must be an https: address, since OTEL_EXPORTER_OTLP_HEADERS are sent there';
}

/** Addresses are shown in logs and sent to others; what they hold is no secret. */
function userInfoProblem(text: string | undefined): Problem {
  const address = /^https?:/i.test(text ?? '') ? URL.parse(text ?? '') : null;
  const has = address !== null && `${address.username}${address.password}` !== '';
  return has ? 'must not hold a user name or a password' : undefined;
}
