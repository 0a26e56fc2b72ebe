import type { Socket } from 'node:net';
import type { Clock } from '#domain/clock.ts';
import type { Fault, Faults } from '#emulation/faults.ts';
import { refusal, smtpErrors } from './errors.ts';

/** The steps of a mail that a fault may strike. */
const steps = ['connect', 'auth', 'rcpt', 'data'] as const;

/** The effect of a fault: a refusal, a connection that was cut, or an answer that is lost after the step was done. */
export type Struck = ReturnType<typeof refusal> | 'cut' | 'lost' | undefined;

/** The connection, and the recipient: empty before `RCPT TO`. */
interface Exchange {
  socket: Socket | undefined;
  to: string;
}

export interface SmtpFaults {
  /** Lets the next fault of the operation strike. After `lost` the caller cuts the connection. */
  strike(operation: string, exchange: Exchange): Promise<Struck>;
}

/** The faults of the sandbox, struck over SMTP. The operations are `primary.rcpt` and so on. */
export function createSmtpFaults(faults: Faults, clock: Clock, servers: readonly string[]): SmtpFaults {
  faults.answerWith(smtpErrors);
  const operations = servers.flatMap((server) => steps.map((step) => `${server}.${step}`));
  const takers = new Map(operations.map((operation) => [operation, faults.taker(operation)]));
  return {
    async strike(operation, { socket, to }) {
      const fault = takers.get(operation)?.();
      switch (fault?.effect) {
        case undefined:
          return undefined;
        case 'status':
          return refusal(fault.status, textOf(fault, to));
        case 'latency':
          await wait(clock, fault.delayMs);
          return undefined;
        case 'reset':
          return cut(() => socket?.resetAndDestroy());
        case 'empty':
          return cut(() => socket?.end());
        case 'malformed':
          return cut(() => socket?.end('no reply of SMTP\r\n'));
        case 'slow-drip':
          await drip(clock, fault.delayMs, { socket, operation });
          return undefined;
        case 'drop-after-commit':
          return 'lost';
      }
    },
  };
}

function cut(act: () => void): 'cut' {
  act();
  return 'cut';
}

/** Servers repeat the address in a reply, so a client must not pass the text on. */
function textOf({ code }: Fault, to: string): string {
  const named = to === '' ? '' : `<${to}>:`;
  return [code, named, 'refused by a fault of the sandbox'].filter(Boolean).join(' ');
}

/** The first line of a longer reply, byte by byte; the reply itself ends it. */
async function drip(
  clock: Clock,
  delayMs: number,
  { socket, operation }: { socket: Socket | undefined; operation: string },
): Promise<void> {
  const code = operation.endsWith('.connect') ? 220 : operation.endsWith('.auth') ? 235 : 250;
  for (const byte of `${code}-one moment\r\n`) {
    await wait(clock, delayMs);
    if (socket?.destroyed !== false) return;
    socket.write(byte);
  }
}

async function wait(clock: Clock, delayMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  clock.schedule(delayMs, () => resolve(undefined));
  await promise;
}
