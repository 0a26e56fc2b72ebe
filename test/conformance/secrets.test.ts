import { inspect } from 'node:util';
import { Agent } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { readVariable, sourceOf, type Environment } from '#configuration/environment.ts';
import { readMissingSecrets } from '#configuration/secret-values.ts';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { Secret } from '#domain/secret.ts';
import { Faults } from '#emulation/faults.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { createOutbound } from '#services/guarded-call.ts';
import type { Services } from '#services/index.ts';
import { neonomics } from '#services/open-banking/neonomics/provider.ts';
import { createSecretsClient, originOf } from '#services/secrets/client.ts';
import { createSecretsEmulator } from '#services/secrets/emulator/emulator.ts';
import { startSecretRotation } from '#services/secrets/rotation.ts';
import { followRotations } from '#process/secret-rotation.ts';
import { listenOnLoopback } from '../support/loopback.ts';

const sources = { clock: systemClock, entropy: systemEntropy };
const region = 'eu-north-1';
const account = { accessKeyId: 'demo-AKIA', secretAccessKey: 'demo-secret', region };

async function start(values: Record<string, string>, client: Partial<typeof account> = {}, id = 'drop') {
  const clock = new ManualClock(systemClock.now());
  const server = await listenOnLoopback(0);
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.close();
    await server.close();
  });
  const faults = new Faults(clock, () => 0);
  const context = { clock, origin: server.origin, faults, random: () => 0, deliver: async () => undefined };
  const emulator = createSecretsEmulator(context, { account, secrets: { drop: JSON.stringify(values) } });
  let requests = 0;
  server.handle((request, bindings) => {
    requests += 1;
    return emulator.routes.fetch(request, bindings);
  });
  const { accessKeyId, secretAccessKey, region: at } = { ...account, ...client };
  const credentials = { accessKeyId, secretAccessKey: new Secret(secretAccessKey) };
  const options = { ids: [id], region: at, endpoint: server.origin, credentials };
  const origins = [originOf(options)];
  const guard = { provider: 'secrets', origins, clock: systemClock, dispatcher, random: () => 0 };
  const environment: Environment = {
    DROP_ENVIRONMENT: 'sandbox',
    SECRETS_MANAGER_IDS: 'drop',
    SECRETS_MANAGER_ENDPOINT: server.origin,
    SECRETS_MANAGER_ACCESS_KEY_ID: accessKeyId,
    SECRETS_MANAGER_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const outbound = createOutbound(guard);
  const secrets = createSecretsClient(options, { clock, outbound });
  return { clock, outbound, faults, emulator, environment, secrets, requests: () => requests };
}

describe('Secrets Manager', () => {
  test('gives the current version, and the former one for a day after a rotation', async () => {
    const { secrets, emulator, clock } = await start({ SUMSUB_WEBHOOK_SECRET: 'first' });
    expect((await secrets.read()).previous.size).toBe(0);
    emulator.rotate('drop', JSON.stringify({ SUMSUB_WEBHOOK_SECRET: 'second' }));
    const { current, previous } = await secrets.read();
    expect(current.get('SUMSUB_WEBHOOK_SECRET')?.reveal()).toBe('second');
    expect(previous.get('SUMSUB_WEBHOOK_SECRET')?.reveal()).toBe('first');
    // Within what the clocks may be apart: the rest of the day is taken off the version's age.
    clock.advance(-86_400_000);
    emulator.rotate('drop', JSON.stringify({ SUMSUB_WEBHOOK_SECRET: 'third' }));
    clock.advance(86_400_000);
    expect((await secrets.read()).previous.size).toBe(0);
  });

  test.each([
    ['another secret', { Name: 'other' }],
    ['another ARN', { Name: 'other', ARN: 'arn:aws:secretsmanager:eu-north-1:1:secret:other-abcdef' }],
    ['no secret', {}],
  ])('does not take the values of an answer that names %s', async (_what, name) => {
    const { secrets, emulator } = await start({});
    emulator.routes.fetch = () =>
      Response.json({ SecretString: '{"SUMSUB_WEBHOOK_SECRET":"other"}', ...name });
    await expect(secrets.read()).rejects.toMatchObject({ code: 'provider_invalid_response' });
  });

  test('does not take the values of another version than the one that was asked for', async () => {
    const { secrets, emulator } = await start({});
    const former = { SecretString: '{"SUMSUB_WEBHOOK_SECRET":"former"}', VersionStages: ['AWSPREVIOUS'] };
    emulator.routes.fetch = () => Response.json({ Name: 'drop', ...former });
    await expect(secrets.read()).rejects.toMatchObject({ code: 'provider_invalid_response' });
  });

  test('takes the values under an ARN that lacks the six characters AWS adds', async () => {
    const id = 'arn:aws:secretsmanager:eu-north-1:1:secret:drop';
    const { secrets, emulator } = await start({}, {}, id);
    const ARN = `${id}-a1B2c3`;
    emulator.routes.fetch = () => Response.json({ SecretString: '{}', Name: 'drop', ARN });
    expect((await secrets.read()).current.size).toBe(0);
  });

  test.each([
    ['another secret key', { secretAccessKey: 'demo-another' }],
    ['an unknown access key', { accessKeyId: 'demo-unknown' }],
    ['another region', { region: 'us-east-1' }],
  ])('refuses %s', async (_what, client) => {
    const { secrets } = await start({}, client);
    await expect(secrets.read()).rejects.toMatchObject({ code: 'provider_rejected_credentials' });
  });

  test.each([[-901_000 - 60_000], [901_000 + 60_000]])('refuses a clock that is %d ms off', async (offMs) => {
    const { secrets, clock } = await start({});
    clock.advance(offMs);
    await expect(secrets.read()).rejects.toMatchObject({ code: 'provider_rejected_credentials' });
  });

  test('dates a version to come: the former one does not count for ever', async () => {
    const { secrets, emulator, clock } = await start({ SUMSUB_WEBHOOK_SECRET: 'first' });
    clock.advance(400 * 86_400_000);
    emulator.rotate('drop', JSON.stringify({ SUMSUB_WEBHOOK_SECRET: 'second' }));
    clock.advance(-400 * 86_400_000);
    const { current, previous } = await secrets.read();
    expect(current.get('SUMSUB_WEBHOOK_SECRET')?.reveal()).toBe('second');
    expect(previous.size).toBe(0);
  });

  test.each([
    ['names a variable twice', '{"SUMSUB_APP_TOKEN":"one","SUMSUB_APP_TOKEN":"two"}'],
    ['has a number in place of a text', '{"SUMSUB_APP_TOKEN":1e999}'],
    ['is a list', '["SUMSUB_APP_TOKEN"]'],
    ['is nested without end', '['.repeat(100_000)],
  ])('has a text refused that %s', async (_what, text) => {
    const { secrets, emulator } = await start({});
    emulator.rotate('drop', text);
    await expect(secrets.read()).rejects.toMatchObject({ code: 'provider_invalid_response' });
  });

  test('has a text that is not JSON refused, without a part of it in the error', async () => {
    const { secrets, emulator } = await start({});
    emulator.rotate('drop', 'topsecret-in-plain-text');
    const error = await secrets.read().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'provider_invalid_response' });
    expect(inspect(error)).not.toContain('topsecret');
  });
});

describe('a start', () => {
  test('takes from Secrets Manager what the environment and its files do not have', async () => {
    const { environment } = await start({ SUMSUB_APP_TOKEN: 'stored', SUMSUB_SECRET_KEY: 'stored' });
    const given: Environment = { ...environment, SUMSUB_APP_TOKEN: 'given' };
    await readMissingSecrets(sources, given);
    expect(readVariable(given, 'SUMSUB_APP_TOKEN')).toBe('given');
    expect(readVariable(given, 'SUMSUB_SECRET_KEY')).toBe('stored');
    const names = ['SUMSUB_APP_TOKEN', 'SUMSUB_SECRET_KEY', 'SLACK_WEBHOOK_URL'];
    expect(names.map((name) => sourceOf(given, name))).toEqual(['environment', 'secrets_manager', undefined]);
    expect(given['SUMSUB_SECRET_KEY']).toBeUndefined();
  });

  test('does not let a secret say where secrets are', async () => {
    const { environment } = await start({ SECRETS_MANAGER_REGION: 'us-east-1' });
    await readMissingSecrets(sources, environment);
    expect(readVariable(environment, 'SECRETS_MANAGER_REGION')).toBeUndefined();
  });

  test('tells clearly that the secrets cannot be read, and no value', async () => {
    const { environment, faults } = await start({ SUMSUB_APP_TOKEN: 'stored' });
    faults.add({ operation: '*', effect: 'reset' });
    const error = await readMissingSecrets(sources, environment).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'configuration_invalid' });
    expect(String(error)).toContain('SECRETS_MANAGER_IDS could not be read (provider_unavailable');
    expect(inspect(error)).not.toContain(account.secretAccessKey);
  });

  test('asks nothing where no secret is named', async () => {
    const { environment, requests } = await start({});
    await readMissingSecrets(sources, { ...environment, SECRETS_MANAGER_IDS: '' });
    expect(requests()).toBe(0);
  });

  test('has every fault of the configuration told at once, those of filled values among them', async () => {
    const { environment } = await start({ PORT: 'many', LOG_LEVEL: 'loud' });
    await readMissingSecrets(sources, environment);
    expect(() => loadConfig(environment)).toThrow(/LOG_LEVEL[\s\S]*PORT|PORT[\s\S]*LOG_LEVEL/);
  });

  test('keeps its secrets so that neither inspect, JSON nor text shows one', async () => {
    const value = 'topsecret';
    const { environment } = await start({
      NATIONAL_ID_HASH_KEY: `${value}-1`,
      SUMSUB_SECRET_KEY: `${value}-2`,
      SUMSUB_WEBHOOK_SECRET: `${value}-3`,
      SLACK_WEBHOOK_URL: `https://localhost/${value}`,
      S3_SECRET_ACCESS_KEY: `${value}-4`,
      S3_ACCESS_KEY_ID: 'demo-key',
      OPENBANKING_CLIENT_SECRET: `${value}-5`,
      DATABASE_URL: `postgres://drop:${value}@localhost/drop`,
    });
    const given: Environment = { ...environment, NEXT_PUBLIC_SERVICE_MODE: 'mock' };
    await readMissingSecrets(sources, given);
    const config = loadConfig(given);
    expect(config.SUMSUB_SECRET_KEY?.reveal()).toBe(`${value}-2`);
    const shown = [
      inspect(config, { depth: 20, showHidden: true }),
      JSON.stringify(config),
      config.SUMSUB_SECRET_KEY?.toString(),
    ];
    for (const text of shown) expect(text).not.toContain(value);
  });
});

describe('a rotation', () => {
  /** A source of webhooks that takes those that hold one of the secrets. */
  async function startRotation() {
    const stack = await start({ SUMSUB_WEBHOOK_SECRET: 'first' });
    const list = [new Secret('first')];
    const logged: string[] = [];
    const rotation = startSecretRotation({
      secrets: stack.secrets,
      clock: stack.clock,
      lists: new Map([['SUMSUB_WEBHOOK_SECRET', list]]),
      log: (_level, message) => logged.push(message),
    });
    onTestFinished(() => rotation.stop());
    const source = rotation.around(sourceWith(list));
    const taken = async (signature: string): Promise<boolean> => {
      const headers = new Headers({ signature });
      const delivery = { method: 'POST', path: '/', rawBody: new Uint8Array(), headers };
      return (await source.verify(delivery)).kind === 'accepted';
    };
    const rotateTo = (value: string) =>
      stack.emulator.rotate('drop', JSON.stringify({ SUMSUB_WEBHOOK_SECRET: value }));
    return { ...stack, taken, rotateTo, logged, list };
  }

  test('is taken with the first webhook that is signed with the new secret; the former one still counts', async () => {
    const { taken, rotateTo } = await startRotation();
    rotateTo('second');
    expect([await taken('second'), await taken('first')]).toEqual([true, true]);
  });

  test('is not asked for by a stranger more than once in 60 s', async () => {
    const { taken, requests, clock } = await startRotation();
    for (let webhook = 0; webhook < 20; webhook += 1) expect(await taken('forged')).toBe(false);
    const once = requests();
    expect(once).toBe(2);
    clock.advance(60_000);
    await Promise.all(Array.from({ length: 20 }, () => taken('forged')));
    expect(requests()).toBe(2 * once);
  });

  test('is read by the schedule, without a webhook', async () => {
    const { rotateTo, clock, list } = await startRotation();
    rotateTo('second');
    clock.advance(300_000);
    await expect.poll(() => list.map((each) => each.reveal())).toEqual(['second', 'first']);
  });

  test('that cannot be read leaves the secrets as they are, and the log has no value', async () => {
    const { taken, rotateTo, faults, logged } = await startRotation();
    faults.add({ operation: '*', effect: 'status', code: 'AccessDeniedException' });
    rotateTo('second');
    expect([await taken('second'), await taken('first')]).toEqual([false, true]);
    expect(logged).toEqual(['the secrets could not be read again; those known stay in use']);
  });

  test('to an empty secret leaves the secrets as they are', async () => {
    const { taken, rotateTo, clock } = await startRotation();
    rotateTo('second');
    expect(await taken('second')).toBe(true);
    rotateTo(' , ');
    clock.advance(60_000);
    expect(await taken('')).toBe(false);
    expect([await taken('second'), await taken('first')]).toEqual([true, true]);
  });

  /** Neonomics with the secrets of its webhooks from Secrets Manager, as a process has them. */
  async function startNeonomics(variable: string, own: Environment = {}) {
    const stack = await start({ [variable]: 'first' });
    const environment: Environment = {
      ...stack.environment,
      ...own,
      NEXT_PUBLIC_SERVICE_MODE: 'mock',
      OPENBANKING_PROVIDER: 'neonomics',
    };
    await readMissingSecrets(sources, environment);
    const config = loadConfig(environment);
    const live = config.openBanking.providers.find(({ id }) => id === 'neonomics');
    if (!live) throw new RangeError('every provider is live in mock mode');
    const { webhooks } = neonomics.createClient(neonomics.variables.parse({}), {
      ...sources,
      credentials: live.credentials,
      createOutbound: () => stack.outbound,
      webhookUrl: 'https://drop.example/webhook',
      log: () => undefined,
    });
    const { secrets, clock } = stack;
    const services = { secrets } as Services;
    const rotation = followRotations({ services, clock, log: () => undefined }, config, environment);
    onTestFinished(() => rotation.stop());
    if (!webhooks) throw new RangeError('Neonomics sends webhooks');
    const source = rotation.around(webhooks);
    const rawBody = Buffer.from('{"referenceId":"p-1"}');
    const taken = async (key: string): Promise<boolean> => {
      const delivery = { method: 'POST', path: '/', rawBody, headers: new Headers({ 'api-key': key }) };
      return (await source.verify(delivery)).kind === 'accepted';
    };
    const rotateTo = (value: string) => stack.emulator.rotate('drop', JSON.stringify({ [variable]: value }));
    return { taken, rotateTo };
  }

  test.each(['NEONOMICS_WEBHOOK_SECRET', 'OPENBANKING_WEBHOOK_SECRET'])(
    'of %s is taken with the first webhook that has the new key',
    async (variable) => {
      const { taken, rotateTo } = await startNeonomics(variable);
      rotateTo('second');
      expect([await taken('second'), await taken('first')]).toEqual([true, true]);
    },
  );

  test('of a secret that the environment gives itself is not taken', async () => {
    const variable = 'NEONOMICS_WEBHOOK_SECRET';
    const { taken, rotateTo } = await startNeonomics(variable, { [variable]: 'given' });
    rotateTo('second');
    expect([await taken('second'), await taken('given')]).toEqual([false, true]);
  });
});

function sourceWith(list: readonly Secret[]): WebhookSource {
  return {
    provider: 'sumsub',
    verify: ({ headers }) =>
      list.some((each) => each.reveal() === headers.get('signature'))
        ? { kind: 'accepted', deduplicationKey: '', subject: '', eventType: '' }
        : { kind: 'signature_invalid', reason: 'unknown' },
    handle: async () => undefined,
  };
}
