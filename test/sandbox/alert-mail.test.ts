import { afterAll, beforeAll, expect, test } from 'vitest';
import { Visitor } from '#cli/visitor.ts';
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.remove());

const errors = 6;

interface State {
  email: { state: { mails: readonly { to: string; received?: { subject: string } }[] } };
}

test('an alert that Slack does not take arrives at the inbox page', async () => {
  await sandbox.control('POST', '/slack/actions/set_webhook', { state: 'removed' });
  await sandbox.control('POST', '/bankid/faults', { operation: 'par', effect: 'status', status: 503 });
  for (let error = 0; error < errors; error += 1)
    await new Visitor().visit(`${sandbox.appOrigin}/api/auth/bankid`, { headers: { accept: 'text/html' } });
  const received = async () => {
    const { email } = (await sandbox.control('GET', '/state')) as State;
    return email.state.mails.map(({ to, received: mail }) => `${to}: ${mail?.subject}`);
  };
  await expect
    .poll(received)
    .toContainEqual(expect.stringMatching(/^vakt@drop\.example: .*A provider is not called/));
});
