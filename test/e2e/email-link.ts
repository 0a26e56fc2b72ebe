import type { RunningSandbox } from '../support/sandbox.ts';
import { expect } from './drop.ts';

interface Mailbox {
  email: { state: { mails: readonly { to: string; received?: { text: string } }[] } };
}

/** The path of the link in the last mail to `address` that verifies it. Waits for the mail. */
export async function emailLink(sandbox: RunningSandbox, address: string): Promise<string> {
  const read = async () => {
    const { email } = (await sandbox.control('GET', '/state')) as Mailbox;
    const mail = email.state.mails.findLast(({ to, received }) => to === address && received !== undefined);
    return /\/confirm-email#token=[\w-]+/.exec(mail?.received?.text ?? '')?.[0];
  };
  await expect.poll(read, `a mail with a link to ${address}`).toBeDefined();
  return (await read()) ?? '';
}
