import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { toTlsOptions, type ClientTls } from '#outbound/client-tls.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createTlsDispatcher } from '#services/guarded-call.ts';
import { guard, ObligingClock } from './guarded.ts';
import { authorities, pathOf, pem, startTlsProvider } from './tls-provider.ts';

const once = { repeatable: false };

function identity(name: string): { certificate: Secret; privateKey: Secret } {
  return {
    certificate: new Secret(pem(`${name}.pem`)),
    privateKey: new Secret(pem(`${name}.key.pem`)),
  };
}

function guardWith(origin: string, tls: ClientTls) {
  const dispatcher = createDispatcher(tls);
  onTestFinished(() => dispatcher.destroy());
  return guard(origin, new ObligingClock(), { dispatcher });
}

describe('a provider that asks for a client certificate', () => {
  test('receives it, and answers', async () => {
    const { origin, callers } = await startTlsProvider();
    const { send } = guardWith(origin, { ...identity('client'), authorities });
    expect((await send(once)).status).toBe(200);
    expect(callers).toEqual(['drop-test-client']);
  });

  test.each([
    ['none', {}],
    ['one from another authority', identity('stranger')],
  ])('gets no request from a client with %s', async (_case, presented) => {
    const { origin, callers } = await startTlsProvider();
    const { fail } = guardWith(origin, { ...presented, authorities });
    const error = await fail(once);
    expect(error.code).toBe('provider_unavailable');
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('PRIVATE KEY');
    expect(callers).toEqual([]);
  });
});

describe('a provider over TLS', () => {
  test.each([
    ['that is self-signed', 'self-signed', authorities],
    ['of another host', 'elsewhere', authorities],
    ['with an unknown authority', 'server', undefined],
  ])(
    'with a certificate %s is not sent anything, and not tried again',
    async (_case, certificate, trusted) => {
      const { origin, callers } = await startTlsProvider({ certificate, isMutual: false });
      const { fail, attempts } = guardWith(origin, { authorities: trusted });
      expect(await fail({ repeatable: true })).toMatchObject({
        code: 'provider_unavailable',
        details: { outcome: 'not_sent' },
      });
      expect(attempts).toHaveLength(1);
      expect(callers).toEqual([]);
    },
  );

  test('is trusted through an authority in NODE_EXTRA_CA_CERTS only', async () => {
    const { origin } = await startTlsProvider({ isMutual: false });
    expect(await callFromProcess(origin, {})).toBe('provider_unavailable\n');
    const environment = { NODE_EXTRA_CA_CERTS: pathOf('authority.pem') };
    expect(await callFromProcess(origin, environment)).toBe('200\n');
  });
});

const root = fileURLToPath(new URL('../../', import.meta.url));

async function callFromProcess(origin: string, environment: Record<string, string>): Promise<string> {
  const program = `
    import { systemClock } from '#domain/clock.ts';
    import { createDispatcher } from '#outbound/dispatcher.ts';
    import { createOutbound } from '#services/guarded-call.ts';
    const dispatcher = createDispatcher();
    const guard = { clock: systemClock, dispatcher, random: () => 0 };
    const outbound = createOutbound({ provider: 'test', origins: ['${origin}'], ...guard });
    const call = { operation: 'test.act', method: 'GET', url: '${origin}', repeatable: false };
    console.log(await outbound.send(call).then((answer) => answer.status, (error) => error.code));
    await dispatcher.close();
  `;
  const parameters = ['--input-type=module-typescript', '--eval', program];
  const env = { PATH: process.env['PATH'], ...environment };
  const child = spawn(process.execPath, parameters, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  return text(child.stdout);
}

describe('a client certificate in the configuration', () => {
  const { certificate, privateKey } = identity('client');

  test.each([
    ['without its key', { certificate }],
    ['that is missing, with a key', { privateKey }],
    ['with the key of another certificate', { certificate, privateKey: identity('stranger').privateKey }],
    ['that is not PEM', { certificate: new Secret('canary'), privateKey }],
    ['with a key that is not PEM', { certificate, privateKey: new Secret('canary') }],
  ])('%s is refused before any call', (_case, tls) => {
    const refused = (): unknown => toTlsOptions(tls);
    expect(refused).toThrow(expect.objectContaining({ code: 'configuration_invalid' }) as Error);
    expect(refused).not.toThrow(/canary/);
  });

  test('that cannot be used is refused by Drop’s connections with an error of Drop’s class', () => {
    expect(() => createTlsDispatcher({ privateKey })).toThrow(DropError);
  });

  test('is accepted with its key', () => {
    expect(toTlsOptions({ certificate, privateKey })).toEqual({
      cert: certificate.reveal(),
      key: privateKey.reveal(),
    });
  });
});
