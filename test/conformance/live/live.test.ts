import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { prefixOf, toOwnVariables } from '#services/open-banking/credentials.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { berlinGroup } from '#services/open-banking/berlin-group/provider.ts';
import { enableBanking } from '#services/open-banking/enable-banking/provider.ts';
import { neonomics } from '#services/open-banking/neonomics/provider.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { root } from '../../tidy/tree.ts';
import { callbackUrl, startEmulated, type EmulatedStack } from '../open-banking-stack.ts';
import { createDrift } from './drift.ts';
import { exitCodes, runLive } from './run.ts';

/** The command against emulators in place of the live providers: its client, its checks, its report. */
async function runOn(
  definition: ProviderDefinition,
  change: (stack: EmulatedStack) => void = () => undefined,
) {
  const stack = await startEmulated(definition);
  onTestFinished(() => stack.close());
  change(stack);
  const credentials = { ...stack.environment, OPENBANKING_CALLBACK_URL: callbackUrl };
  return report([definition], toOwnVariables(definition.id, credentials), stack);
}

async function report(
  providers: readonly ProviderDefinition[],
  environment: Record<string, string>,
  { clock }: Pick<EmulatedStack, 'clock'>,
) {
  const lines: string[] = [];
  const exitCode = await runLive({ providers, environment, clock, print: (line) => lines.push(line) });
  return { lines, exitCode, environment };
}

type Json = Record<string, unknown>;

/** Changes what the emulator answers with success under paths that end so. */
function changeAnswers(stack: EmulatedStack, ending: string, change: (answer: Json) => Json): void {
  const { routes } = stack.emulator;
  const { fetch } = routes;
  routes.fetch = async (incoming, ...rest) => {
    const response = await fetch(incoming, ...rest);
    if (!response.ok || !new URL(incoming.url).pathname.endsWith(ending)) return response;
    const answer = (await response.json()) as Json | Json[];
    const changed = Array.isArray(answer) ? answer.map(change) : change(answer);
    return Response.json(changed, { status: response.status, headers: withoutLength(response.headers) });
  };
}

function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete('content-length');
  return kept;
}

test.each(openBankingProviders)(
  '$displayName as documented passes every check without drift',
  async (each) => {
    const { lines, exitCode, environment } = await runOn(each);
    expect(lines.filter((line) => !line.startsWith('  ok: '))).toEqual([each.displayName, 'No drift.']);
    expect(lines).toHaveLength(7);
    expect(exitCode).toBe(exitCodes.same);
    const secrets = Object.values(environment).filter((value) => !value.startsWith('http'));
    for (const secret of secrets) expect(lines.join('\n')).not.toContain(secret);
  },
);

test.each([
  { definition: enableBanking, ending: '/auth', found: 'enable-banking.start_authorization' },
  { definition: neonomics, ending: '/banks', found: 'neonomics.list_banks' },
  { definition: berlinGroup, ending: '/consents', found: 'berlin-group.start_consent' },
])('a field that $definition.displayName adds is drift, without its value', async (each) => {
  const { lines, exitCode } = await runOn(each.definition, (stack) =>
    changeAnswers(stack, each.ending, (answer) => ({ ...answer, novelty: 'canary', '4711 canary': 1 })),
  );
  expect(lines.slice(-3)).toEqual([
    'Drift (2):',
    `  ${each.found}: <name>: unknown field (number)`,
    `  ${each.found}: novelty: unknown field (text)`,
  ]);
  expect(exitCode).toBe(exitCodes.drift);
});

test('a required field that is absent from some banks is drift', async () => {
  const { lines, exitCode } = await runOn(neonomics, (stack) =>
    changeAnswers(stack, '/banks', (bank) =>
      bank['bankDisplayName'] === 'DNB' ? { ...bank, bankDisplayName: undefined } : bank,
    ),
  );
  expect(lines.slice(-2)).toEqual([
    'Drift (1):',
    '  neonomics.list_banks: banks.bankDisplayName: absent field',
  ]);
  expect(exitCode).toBe(exitCodes.drift);
});

test('an answer without a field that it cannot do without fails, and names the field', async () => {
  const { lines, exitCode } = await runOn(enableBanking, (stack) =>
    changeAnswers(stack, '/auth', () => ({ authorization_id: 'canary' })),
  );
  expect(lines).toContain('  enable-banking.start_authorization: url: absent field');
  expect(lines.filter((line) => line.startsWith('  failed: '))).toHaveLength(2);
  expect(lines.join('\n')).not.toContain('canary');
  expect(exitCode).toBe(exitCodes.failed);
});

test('a field of another type is told from one that is absent', async () => {
  const { lines } = await runOn(enableBanking, (stack) =>
    changeAnswers(stack, '/auth', (answer) => ({ ...answer, url: 4711 })),
  );
  expect(lines).toContain('  enable-banking.start_authorization: url: unreadable field');
});

test.each([
  ['a word that operators may see', 'underReview', 'underReview'],
  ['a text that is no word', 'Kari Prøve', 'text'],
])('%s in a status that is not known is drift', async (_kind, status, shown) => {
  const { lines, exitCode } = await runOn(berlinGroup, (stack) =>
    changeAnswers(stack, '/consents', (answer) => ({ ...answer, consentStatus: status })),
  );
  expect(lines.slice(-2)).toEqual([
    'Drift (1):',
    `  berlin-group.start_consent: consentStatus: unknown word (${shown})`,
  ]);
  expect(exitCode).toBe(exitCodes.drift);
});

test('a word is shown by its type where operators may not see the field', () => {
  const drift = createDrift({ documented: {}, recorded: { 'bank.read': { response: ['status'] } } });
  const words = [
    { field: 'status', word: 'NEW' },
    { field: 'name', word: 'CANARY' },
  ];
  drift.onUnexpected({ provider: 'bank', operation: 'bank.read', unreadable: [], words });
  expect(drift.differences().map(({ path, example }) => [path, example])).toEqual([
    ['name', 'text'],
    ['status', 'NEW'],
  ]);
});

test('a provider that does not answer fails, by a code', async () => {
  const { lines, exitCode } = await runOn(neonomics, ({ faults }) => {
    faults.add({ operation: 'create_session', effect: 'status', status: 503 });
  });
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}failed: begins a consent .*: bank_unavailable/));
  expect(exitCode).toBe(exitCodes.failed);
});

test('a provider that takes credentials of a stranger fails', async () => {
  const { lines, exitCode } = await runOn(berlinGroup, ({ emulator: { routes } }) => {
    const { fetch } = routes;
    const links = { self: { href: '/c-1' }, scaRedirect: { href: 'https://bank.example/approve' } };
    const begun = { consentStatus: 'received', consentId: 'c-1', _links: links };
    routes.fetch = (incoming, ...rest) =>
      incoming.url.endsWith('/consents') ? Response.json(begun, { status: 201 }) : fetch(incoming, ...rest);
  });
  expect(lines).toContain('  failed: refuses credentials that it does not know: it was not refused');
  expect(exitCode).toBe(exitCodes.failed);
});

test('a next step to an address over plain HTTP elsewhere fails', async () => {
  const { lines } = await runOn(enableBanking, (stack) =>
    changeAnswers(stack, '/auth', (answer) => ({
      ...answer,
      url: 'http://bank.example/approve?code=canary',
    })),
  );
  const reason = 'the next step leads to bank.example, where no customer may be sent';
  expect(lines).toContain(
    `  failed: begins a consent with a next step that customers may be sent to: ${reason}`,
  );
});

test('credentials that cannot be ones fail by their variables, without the value', async () => {
  const environment = { ENABLE_BANKING_CLIENT_ID: 'application', ENABLE_BANKING_CLIENT_SECRET: 'canary' };
  const stack = await startEmulated(enableBanking);
  onTestFinished(() => stack.close());
  const { lines, exitCode } = await report([enableBanking], environment, stack);
  expect(lines[1]).toMatch(/^ {2}failed: ENABLE_BANKING_CLIENT_SECRET is not a private key/);
  expect(lines.join('\n')).not.toContain('canary');
  expect(exitCode).toBe(exitCodes.failed);
});

test('credentials that do not belong together fail, without a value', async () => {
  const { lines, exitCode } = await runOn(berlinGroup, ({ environment }) => {
    environment['OPENBANKING_CLIENT_ID'] = 'PSDNO-FSA-CANARY';
  });
  expect(lines[1]).toContain('failed: the client id of berlin-group must be the organizationIdentifier');
  expect(lines.join('\n')).not.toContain('CANARY');
  expect(exitCode).toBe(exitCodes.failed);
});

test('the command skips providers without credentials, each with the reason', async () => {
  const names = Object.keys(process.env).filter((name) => !/_CLIENT_(ID|SECRET)(_FILE)?$/.test(name));
  const env = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['test/conformance/live/main.ts'], { cwd: root, env });
  const skipped = openBankingProviders.flatMap(({ id, displayName }) => {
    const prefix = prefixOf(id);
    return [displayName, `  skipped: ${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET are not set`];
  });
  expect(stdout.trimEnd().split('\n')).toEqual([...skipped, 'Nothing was run.']);
});
