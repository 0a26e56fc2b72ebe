import { z } from 'zod';
import type { Visitor } from '#cli/visitor.ts';
import { assert } from '#domain/errors.ts';
import { systemClock } from '#domain/clock.ts';
import type { Emulation } from '#sandbox/emulators.ts';

const waitMs = 20_000;
const askAgainMs = 20;
const address = 'kari@post.example';

const mailsSchema = z.object({
  mails: z.array(z.object({ to: z.string(), received: z.object({ text: z.string() }).optional() })),
});

/** Gives the customer of `visitor` an e-mail address, and verifies it by the link of the mail. */
export async function giveAddress(visitor: Visitor, base: string, emulation: Emulation): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const path = `${base}/api/email-address`;
  await visitor.visit(path, { method: 'PUT', headers, body: JSON.stringify({ address }) });
  const body = JSON.stringify({ token: await tokenOf(emulation) });
  const { status } = await visitor.visit(`${path}/verification`, { method: 'POST', headers, body });
  assert(status === 200, 'the link of the mail verifies the address');
}

async function tokenOf({ emulators }: Emulation): Promise<string> {
  const inbox = emulators.find(({ emulator }) => emulator.name === 'email')?.emulator;
  const deadline = systemClock.monotonicMs() + waitMs;
  for (;;) {
    const { mails } = mailsSchema.parse(inbox?.state());
    const text = mails.find(({ to }) => to === address)?.received?.text ?? '';
    const token = /#token=([\w-]+)/.exec(text)?.[1];
    if (token !== undefined) return token;
    assert(systemClock.monotonicMs() < deadline, 'a mail with a link arrives');
    const { promise, resolve } = Promise.withResolvers<undefined>();
    systemClock.schedule(askAgainMs, () => resolve(undefined), { keepsAlive: true });
    await promise;
  }
}
