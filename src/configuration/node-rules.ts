import type { Environment } from './environment.ts';
import type { Fault } from './variables/fault.ts';

const dangerousOptions = /--(inspect(-brk|-wait|-port)?|tls-keylog|insecure-http-parser|debug-port)\b/;

/** The faults of the variables that configure Node itself, in production. */
export function nodeFaults(environment: Environment): Fault[] {
  const faults: Fault[] = [];
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    const problem =
      'must not be 0, which accepts every certificate: name the authority to trust in NODE_EXTRA_CA_CERTS';
    faults.push({ variable: 'NODE_TLS_REJECT_UNAUTHORIZED', problem });
  }
  if (environment['NODE_DEBUG']) {
    const problem = 'must not be set in production: it prints the headers of calls, and with them secrets';
    faults.push({ variable: 'NODE_DEBUG', problem });
  }
  const [option] = dangerousOptions.exec(environment['NODE_OPTIONS'] ?? '') ?? [];
  if (option !== undefined)
    faults.push({ variable: 'NODE_OPTIONS', problem: `must not hold ${option} in production` });
  return faults;
}
