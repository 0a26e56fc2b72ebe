import { expect, test } from 'vitest';
import { forgetConditions, holdConditions, openCondition } from '#usecases/alerts/conditions.ts';
import { newAlerts } from '../../support/alerts.ts';
import { testContext } from '../../support/context.ts';

const at = (provider: string, stage = 0) => {
  return { subject: provider, stage, parameters: { provider, days: 6, endsOn: '2026-03-01' } };
};
const minuteMs = 60_000;

async function world() {
  const context = await testContext();
  const heard = newAlerts(context);
  return {
    context,
    told: async () => (await heard()).map(({ title }) => title),
    messages: async () => (await heard()).map(({ message }) => message),
    hold: (...found: ReturnType<typeof at>[]) => holdConditions(context, 'certificate_ends', { found }),
    pass: (minutes: number) => context.clock.advance(minutes * minuteMs),
  };
}

const title = 'A certificate ends within days';

test('a condition is alerted once, and once more when it is over', async () => {
  const { hold, pass, told } = await world();
  await hold(at('dnb'));
  await hold(at('dnb'));
  expect(await told()).toEqual([title]);
  await hold();
  expect(await told()).toEqual([]);
  pass(10);
  await hold();
  await hold();
  expect(await told()).toEqual([`Over: ${title}`]);
});

test('the notice says how long the condition held, without the time that Drop waited to be sure', async () => {
  const { hold, pass, messages } = await world();
  await hold(at('dnb'));
  pass(50);
  await hold();
  await messages();
  pass(30);
  await hold();
  expect(await messages()).toEqual([
    'The certificate for dnb (its …_TLS_CERTIFICATE) ends later now. It lasted 50 minutes. Nothing more to do. ' +
      'Runbook: docs/runbook/a-certificate-ends-within-days.md',
  ]);
});

test('a condition that comes and goes within ten minutes is one', async () => {
  const { hold, pass, told } = await world();
  for (let flap = 0; flap < 5; flap += 1) {
    await hold(at('dnb'));
    pass(5);
    await hold();
    pass(5);
  }
  expect(await told()).toEqual([title]);
});

test('a condition that returns after its notice is alerted again', async () => {
  const { hold, pass, told } = await world();
  await hold(at('dnb'));
  await hold();
  pass(10);
  await hold();
  await hold(at('dnb'));
  expect(await told()).toEqual([title, `Over: ${title}`, title]);
});

test('each subject has a condition of its own', async () => {
  const { hold, pass, told } = await world();
  await hold(at('dnb'), at('sbanken'));
  expect(await told()).toEqual([title, title]);
  await hold(at('dnb'));
  pass(10);
  await hold(at('dnb'));
  expect(await told()).toEqual([`Over: ${title}`]);
});

test('a condition that reaches another stage is alerted again', async () => {
  const { hold, told } = await world();
  await hold(at('dnb', 7));
  await hold(at('dnb', 1));
  await hold(at('dnb', 1));
  expect(await told()).toEqual([title, title]);
});

test('of processes that find a condition at once, one alerts, and one tells that it is over', async () => {
  const { hold, pass, told, context } = await world();
  const all = (act: () => Promise<void>) => Promise.all(Array.from({ length: 8 }, act));
  await all(() => openCondition(context, 'certificate_ends', at('dnb')));
  expect(await told()).toEqual([title]);
  await hold();
  pass(10);
  await all(() => hold());
  expect(await told()).toEqual([`Over: ${title}`]);
});

test('a condition that another kind takes the place of ends without a notice', async () => {
  const { context, hold, pass, told } = await world();
  await hold(at('dnb'));
  await forgetConditions(context, 'certificate_ends', ['dnb']);
  await hold();
  pass(10);
  await hold();
  expect(await told()).toEqual([title]);
});
