import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { createSumsubClient } from '#services/sumsub/client.ts';
import type { User } from '#store/users.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { initiateVerification } from '#usecases/kyc/verify.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';
import { portUntilTestEnds } from '../../support/loopback.ts';

/** Expects `work` to fail ten times without being refused by a breaker. */
async function failsTenTimes(work: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < 10; time += 1)
    await expect(work()).rejects.toMatchObject({ code: 'kyc_unavailable', details: { outcome: 'unknown' } });
}

describe('an applicant for which Sumsub always fails does not block other verifications:', () => {
  async function stand() {
    const context = await testContext();
    let troubled: string | undefined;
    const apiUrl = await sumsub(() => troubled);
    const dispatcher = new Agent();
    onTestFinished(() => dispatcher.destroy());
    context.services.sumsub = createSumsubClient(
      {
        apiUrl,
        appToken: new Secret('token'),
        secretKey: new Secret('key'),
        webhookSecrets: [new Secret('another key')],
        webhookAlgorithms: ['HMAC_SHA256_HEX'],
        levelName: context.kycLevelName,
        acceptSandboxMode: true,
      },
      {
        clock: context.clock,
        outbound: createOutbound({
          provider: 'sumsub',
          origins: [apiUrl],
          clock: systemClock,
          dispatcher,
          random: () => 0.5,
        }),
        log: () => undefined,
      },
    );
    return { context, fail: (user: User) => (troubled = user.id) };
  }

  test('when a verification is started', async () => {
    const { context, fail } = await stand();
    const [ada, bo] = [await customer(context, 'none'), await customer(context, 'none')];
    fail(ada);
    await failsTenTimes(() => initiateVerification(context, ada));
    expect(await initiateVerification(context, bo)).toEqual({ token: 'a token' });
  });

  test.each([
    ['continues', (context: TestContext, ada: User) => initiateVerification(context, ada)],
    ['is read', (context: TestContext, ada: User) => reconcileReview(context, { applicantId: ada.id })],
  ])('when a verification %s', async (_, work) => {
    const { context, fail } = await stand();
    const [ada, bo] = [await customer(context, 'none'), await customer(context, 'none')];
    await initiateVerification(context, ada);
    fail(ada);
    await failsTenTimes(() => work(context, ada));
    expect(await initiateVerification(context, bo)).toEqual({ token: 'a token' });
  });
});

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
}

function answer(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

/** A minimal Sumsub where an applicant's id is the user's id. Fails for the applicant of `troubled`. */
async function sumsub(troubled: () => string | undefined): Promise<string> {
  const failure = { code: 500, description: 'no', correlationId: 'req-5f8a1c9e-3b7d-4e2a-9c4f-1d6b8a0e7f3c' };
  const server = createServer((incoming, outgoing) => {
    void textOf(incoming).then((body) => {
      const { url = '' } = incoming;
      const named = /"(?:externalUserId|userId)":"([^"]+)"/.exec(body)?.[1];
      const id = named ?? /applicants\/([^/]+)\//.exec(url)?.[1] ?? '';
      if (id === troubled()) return answer(outgoing, 500, JSON.stringify(failure));
      const applicant = { id, externalUserId: id, token: 'a token', userId: id, reviewStatus: 'init' };
      return answer(outgoing, 200, JSON.stringify(applicant));
    });
  });
  return `http://localhost:${await portUntilTestEnds(server)}`;
}
