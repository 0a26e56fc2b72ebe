import { getRequestListener } from '@hono/node-server';
import { createServer } from 'node:https';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '#domain/secret.ts';
import type { ClientTls } from '#outbound/client-tls.ts';
import type { StartedConsent } from '#services/open-banking/service.ts';
import { authorities, pem } from '../outbound/tls-provider.ts';
import { portUntilTestEnds } from '../support/loopback.ts';
import { startEmulated, type EmulatedStack } from './open-banking-stack.ts';
import {
  attended,
  bankIdAt,
  capability,
  consentRequest,
  dropError,
  providers,
} from './open-banking-subjects.ts';

const identity = (name: string): ClientTls => ({
  certificate: new Secret(pem(`${name}.pem`)),
  privateKey: new Secret(pem(`${name}.key.pem`)),
  authorities,
});

/** The client on its emulator, which stands behind a listener that asks for a client certificate. */
describe.each(providers)('mutual TLS: $definition.displayName', ({ definition }) => {
  let stack: EmulatedStack;

  beforeEach(async () => {
    stack = await startEmulated(definition);
  });
  afterEach(() => stack.close());

  async function startConsent(tls: ClientTls): Promise<StartedConsent> {
    const answer = getRequestListener((request, bindings) => stack.emulator.routes.fetch(request, bindings));
    const server = createServer(
      { cert: pem('server.pem'), key: pem('server.key.pem'), requestCert: true, ca: authorities },
      (incoming, outgoing) => void answer(incoming, outgoing),
    );
    const origin = `https://localhost:${await portUntilTestEnds(server)}`;
    const moved = Object.entries(stack.environment).filter(([, value]) => value === stack.origin);
    const client = stack.createClient(Object.fromEntries(moved.map(([name]) => [name, origin])), tls);
    const bankId = await bankIdAt(capability(stack.provider.ais));
    return capability(client.ais).startConsent(consentRequest(bankId), attended);
  }

  test('a client with a certificate of its authority is let in', async () => {
    expect(await startConsent(identity('client'))).toMatchObject({ next: { kind: 'redirect' } });
  });

  test.each([
    ['without a certificate', { authorities }],
    ['with a certificate of another authority', identity('stranger')],
  ])('a client %s is not let in', async (_case, tls) => {
    await expect(startConsent(tls)).rejects.toEqual(dropError('bank_unavailable'));
  });
});
