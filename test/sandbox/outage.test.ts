import { expect, onTestFinished, test } from 'vitest';
import { assert } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { systemClock } from '#domain/clock.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { emulatorNames, startEmulators } from '#sandbox/emulators.ts';
import { commandVariables } from '#services/better-stack/command-variables.ts';
import { createMonitoringApi } from '#services/better-stack/monitors/api.ts';
import { applyPlan } from '#services/better-stack/monitors/apply.ts';
import { planMonitors } from '#services/better-stack/monitors/plan.ts';
import { listenOnLoopback } from '../support/loopback.ts';

/** Every emulator of the sandbox, and an app that answers as it is told. */
async function world() {
  const app = await listenOnLoopback(0);
  const answer = { status: 200, body: '{"status":"ok"}<title>Drop</title>"openapi":"3.' };
  app.handle(() => new Response(answer.body, { status: answer.status }));
  const servers = await Promise.all(
    emulatorNames().map(async (name) => [name, await listenOnLoopback(0)] as const),
  );
  const emulation = await startEmulators(new Map(servers), { appOrigin: app.origin, random: () => 0 });
  onTestFinished(async () => {
    await emulation.close();
    await Promise.all([app, ...servers.map(([, server]) => server)].map((server) => server.close()));
  });
  const find = (name: string) => {
    const found = emulation.emulators.find(({ emulator }) => emulator.name === name)?.emulator;
    assert(found, `there is an emulator ${name}`);
    return found;
  };
  return { answer, find, environment: emulation.environment };
}

test('an outage is told to Slack, by mail and by SMS, as declared', async () => {
  const { answer, find, environment } = await world();
  const settings = commandVariables.parse({ ...environment, BETTERSTACK_RECIPIENTS: 'ida@drop.example' });
  const dispatcher = createDispatcher();
  onTestFinished(() => dispatcher.close());
  const origin = settings.BETTERSTACK_API_URL;
  const guard = { provider: 'better-stack', clock: systemClock, dispatcher, random: () => 0 };
  const token = new Secret(settings.BETTERSTACK_API_TOKEN.reveal());
  const outbound = createOutbound({ ...guard, origins: [origin] });
  const api = createMonitoringApi({ origin, token }, { clock: systemClock, outbound });
  await applyPlan(api, await planMonitors(api, settings), () => undefined);

  const betterStack = find('better-stack');
  await betterStack.actions?.['check_now']?.({});
  expect(betterStack.state()).toMatchObject({ incidents: [], monitors: Array(4).fill({ paused: false }) });

  answer.status = 503;
  answer.body = '{"status":"down"}';
  await betterStack.actions?.['check_now']?.({});
  expect(JSON.stringify(find('slack').state())).toContain('Drop: health is down');
  expect(find('email').state()).toMatchObject({ mails: [] });

  await betterStack.actions?.['pass_minutes']?.({ minutes: 5 });
  expect(find('email').state()).toMatchObject({
    mails: expect.arrayContaining([expect.objectContaining({ to: 'ida@drop.example' })]),
  });
  expect(betterStack.state()).toMatchObject({ sms: [] });

  await betterStack.actions?.['pass_minutes']?.({ minutes: 10 });
  expect(betterStack.state()).toMatchObject({
    sms: expect.arrayContaining([expect.objectContaining({ to: 'ida@drop.example' })]),
  });
});
