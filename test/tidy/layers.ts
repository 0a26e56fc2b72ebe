/**
 * Who may import whom. A layer may always import itself. `contracts` of the services are their `service.ts` and what
 * else of a service is meant for use cases; the rest of `services` only the composition may touch. `inheritance` is
 * what work hands down to the outbound calls that it causes, for whoever begins work. `variables` is what an
 * environment variable is declared with.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  inheritance: [],
  outbound: ['inheritance'],
  store: ['domain', 'inbox'],
  telemetry: ['domain', 'outbound'],
  inbox: [],
  emulation: ['domain'],
  variables: ['domain'],
  contracts: ['domain', 'outbound', 'inbox', 'variables'],
  services: ['domain', 'outbound', 'inbox', 'variables', 'contracts'],
  usecases: ['domain', 'contracts', 'store', 'inbox', 'inheritance'],
  jobs: ['domain', 'inheritance', 'store', 'usecases'],
  http: ['domain', 'inheritance', 'contracts', 'store', 'inbox', 'usecases'],
  config: ['domain', 'outbound', 'variables', 'contracts', 'services'],
  cli: ['domain', 'outbound', 'store', 'inbox', 'contracts', 'services', 'usecases', 'config', 'doctor'],
  process: [
    ...['domain', 'outbound', 'inheritance', 'store', 'inbox', 'contracts', 'services'],
    ...['telemetry', 'usecases', 'jobs', 'http', 'config'],
  ],
  doctor: [
    ...['domain', 'outbound', 'inheritance', 'variables', 'store', 'contracts', 'services'],
    ...['usecases', 'jobs', 'config', 'process'],
  ],
  sandbox: [
    ...['domain', 'outbound', 'store', 'inbox', 'emulation', 'contracts', 'services'],
    ...['usecases', 'http', 'config', 'process'],
  ],
  drill: [
    ...['domain', 'outbound', 'store', 'emulation', 'contracts', 'services', 'jobs', 'http', 'config'],
    ...['cli', 'process', 'sandbox'],
  ],
};

const contracts = [
  /^src\/services\/[\w-]+\/service\.ts$/,
  /^src\/services\/(definition|integration)\.ts$/,
  /^src\/services\/open-banking\/(definition|routing|secret-state)\.ts$/,
  /^src\/http\/contract\//,
];

/** The layer of a file of `src/`; undefined when the table has no row. */
export function layerOf(path: string): string | undefined {
  if (contracts.some((pattern) => pattern.test(path))) return 'contracts';
  if (/^src\/configuration\/variables\/(fault|shapes|variable)\.ts$/.test(path)) return 'variables';
  if (path.startsWith('src/configuration/')) return 'config';
  if (/^src\/outbound\/inherited-[\w-]+\.ts$/.test(path)) return 'inheritance';
  const name = /^src\/([\w-]+)\//.exec(path)?.[1] ?? '';
  const isFolder = !['contracts', 'inheritance', 'variables'].includes(name);
  return name in layers && isFolder ? name : undefined;
}

/**
 * A service's folder: one level below `services`, two below for the providers of open banking; what their mocks
 * are made of is open banking's own.
 */
export function serviceFolderOf(path: string): string | undefined {
  const provider = /^(src\/services\/open-banking\/(?!mock\/)[\w-]+)\//.exec(path)?.[1];
  return provider ?? /^(src\/services\/[\w-]+)\//.exec(path)?.[1];
}
