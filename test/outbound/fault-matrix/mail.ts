import { setImmediate } from 'node:timers/promises';
import { ManualClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import type { FaultInput } from '#emulation/faults.ts';
import { smtpErrors } from '#services/email/emulator/errors.ts';
import type { MailVerdict } from '#services/email/service.ts';
import type { EmailClient } from '#services/email/client.ts';
import { mailTo, openEmailStack, type EmailStack } from '../../conformance/email-stack.ts';

/** A fault of a mail server, and the verdict that the client must come to. */
export interface MailFault {
  name: string;
  expected: Exclude<MailVerdict, { kind: 'accepted' }>;
  /** Injected into the emulator. */
  fault?: FaultInput;
  /** Whether nothing more comes from the server: the client's time then passes. */
  hangs?: boolean;
  /** The client where it is another one than that of the emulator. */
  client?: (stack: EmailStack) => EmailClient;
}

/** The reply code that goes with an enhanced one. */
const replyOf = smtpErrors.codes;
/** An attempt ends within 25 s. */
const attemptMsMax = 25_000;
const recipient = 'kari.nordmann@example.com';
const later = (reason: string): MailFault['expected'] => ({ kind: 'later', reason });
const unusable = (reason: string): MailFault['expected'] => ({ kind: 'unusable', reason });
const never = (reason: string, addressIsAtFault = false): MailFault['expected'] => {
  return { kind: 'never', reason, addressIsAtFault };
};
const answered = (reply: string, to: string): string => `the server answered ${reply} to ${to}`;

const at = (operation: string, code: string): FaultInput => {
  return { operation: `primary.${operation}`, effect: 'status', code };
};
const plain = (operation: string, status: number): FaultInput => {
  return { operation: `primary.${operation}`, effect: 'status', status };
};
const effect = (operation: string, name: FaultInput['effect']): FaultInput => {
  return { operation: `primary.${operation}`, effect: name };
};

const silent = (operation: string): Pick<MailFault, 'fault' | 'hangs'> => {
  return { fault: { operation: `primary.${operation}`, effect: 'latency', delayMs: 120_000 }, hangs: true };
};
const slow = (operation: string): Pick<MailFault, 'fault' | 'hangs'> => {
  return { fault: { operation: `primary.${operation}`, effect: 'slow-drip', delayMs: 60_000 }, hangs: true };
};

const connecting: MailFault[] = [
  {
    name: 'nothing listens',
    expected: later('no answer: ECONNREFUSED'),
    client: ({ clientWith }) => clientWith({ primary: { port: 1 } }),
  },
  { name: 'connection: reset', fault: effect('connect', 'reset'), expected: later('no answer: ECONNRESET') },
  {
    name: 'connection: closed',
    fault: effect('connect', 'empty'),
    expected: later('no answer: ECONNECTION'),
  },
  {
    name: 'connection: no greeting',
    expected: later('no answer in time'),
    ...silent('connect'),
  },
  {
    name: 'connection: a slow greeting',
    expected: later('no answer in time'),
    ...slow('connect'),
  },
  {
    name: 'connection: 421',
    fault: plain('connect', 421),
    expected: later(answered('421', 'CONN')),
  },
  { name: 'connection: 554', fault: plain('connect', 554), expected: unusable(answered('554', 'CONN')) },
  {
    name: 'connection: no SMTP',
    fault: effect('connect', 'malformed'),
    expected: later('no answer of SMTP'),
  },
  {
    name: 'no STARTTLS',
    expected: unusable(answered('500', 'STARTTLS')),
    client: ({ clientWith }) => clientWith({}, { isSandbox: false }),
  },
  {
    name: 'TLS from the start, which the server does not speak',
    expected: unusable('TLS failed: ERR_SSL_WRONG_VERSION_NUMBER'),
    client: ({ clientWith }) => clientWith({ primary: { isImplicitTls: true } }),
  },
];

const signingIn: MailFault[] = [
  {
    name: 'AUTH: wrong credentials',
    expected: unusable(answered('535 5.7.8', 'AUTH')),
    client: ({ clientWith }) => {
      const credentials = { user: 'demo-primary', password: new Secret('another') };
      return clientWith({ primary: { credentials } });
    },
  },
  {
    name: 'AUTH: none given',
    expected: unusable(answered('530', 'MAIL FROM')),
    client: ({ clientWith }) => clientWith({ primary: { credentials: undefined } }),
  },
  { name: 'AUTH: 454', fault: plain('auth', 454), expected: later(answered('454', 'AUTH')) },
  { name: 'AUTH: 500', fault: plain('auth', 500), expected: unusable(answered('500', 'AUTH')) },
  { name: 'AUTH: reset', fault: effect('auth', 'reset'), expected: later('no answer: ECONNRESET') },
];

const recipients: MailFault[] = [
  ...['4.2.1', '4.2.2', '4.7.1'].map((code) => ({
    name: `RCPT TO: ${code}`,
    fault: at('rcpt', code),
    expected: later(answered(`${replyOf[code]} ${code}`, 'RCPT TO')),
  })),
  ...['5.1.1', '5.1.2', '5.1.10', '5.2.1'].map((code) => ({
    name: `RCPT TO: ${code}`,
    fault: at('rcpt', code),
    expected: never(answered(`${replyOf[code]} ${code}`, 'RCPT TO'), true),
  })),
  ...['5.2.2', '5.3.4', '5.7.1'].map((code) => ({
    name: `RCPT TO: ${code}`,
    fault: at('rcpt', code),
    expected: never(answered(`${replyOf[code]} ${code}`, 'RCPT TO')),
  })),
  { name: 'RCPT TO: 550', fault: plain('rcpt', 550), expected: never(answered('550', 'RCPT TO')) },
  { name: 'RCPT TO: 503', fault: plain('rcpt', 503), expected: later(answered('503', 'RCPT TO')) },
  { name: 'RCPT TO: 530', fault: plain('rcpt', 530), expected: unusable(answered('530', 'RCPT TO')) },
  { name: 'RCPT TO: reset', fault: effect('rcpt', 'reset'), expected: later('no answer: ECONNRESET') },
  {
    name: 'RCPT TO: no answer',
    expected: later('no answer in time'),
    ...silent('rcpt'),
  },
];

const content: MailFault[] = [
  { name: 'DATA: 421', fault: at('data', '4.3.2'), expected: later(answered('421 4.3.2', 'DATA')) },
  { name: 'DATA: 451', fault: plain('data', 451), expected: later(answered('451', 'DATA')) },
  { name: 'DATA: 5.7.26', fault: at('data', '5.7.26'), expected: never(answered('550 5.7.26', 'DATA')) },
  { name: 'DATA: 5.1.1', fault: at('data', '5.1.1'), expected: never(answered('550 5.1.1', 'DATA'), true) },
  {
    name: 'DATA: 550 to a sender that is not verified',
    expected: unusable(answered('550', 'DATA')),
    client: ({ clientWith }) => {
      const address = 'another@mail.drop.example';
      return clientWith({}, { from: { name: 'Drop', address, domain: 'mail.drop.example' } });
    },
  },
  { name: 'DATA: reset', fault: effect('data', 'reset'), expected: later('no answer: ECONNRESET') },
  { name: 'DATA: closed', fault: effect('data', 'empty'), expected: later('no answer: ECONNECTION') },
  {
    name: 'DATA: accepted, and the answer is lost',
    fault: effect('data', 'drop-after-commit'),
    expected: later('no answer: ECONNRESET'),
  },
  { name: 'DATA: no SMTP', fault: effect('data', 'malformed'), expected: later('no answer of SMTP') },
  {
    name: 'DATA: no answer',
    expected: later('no answer in time'),
    ...silent('data'),
  },
  {
    name: 'DATA: a slow answer',
    expected: later('no answer in time'),
    ...slow('data'),
  },
];

export const mailFaults: readonly MailFault[] = [...connecting, ...signingIn, ...recipients, ...content];

export interface MailCell {
  verdict: MailVerdict;
  /** What health says of the server afterwards. */
  state: string | undefined;
  /** How many mails the recipient has. */
  copies: number;
}

/** Sends one mail under each fault, each with an emulator of its own. */
export async function runMailFaults(): Promise<ReadonlyMap<string, MailCell>> {
  const cells = mailFaults.map(async (each) => [each.name, await runMailFault(each)] as const);
  return new Map(await Promise.all(cells));
}

async function runMailFault({ fault, hangs = false, client }: MailFault): Promise<MailCell> {
  const stack = await openEmailStack();
  const clock = new ManualClock();
  const { send, breakerStates } = client?.(stack) ?? stack.clientWith({}, { clock });
  if (fault) stack.faults.add({ ...fault, ...(hangs && { times: 1 }) });
  const sending = send(mailTo(recipient), 'primary');
  let isDone = !hangs;
  void sending.finally(() => (isDone = true));
  while (!isDone && stack.faults.list().length > 0) await setImmediate();
  if (hangs) clock.advance(attemptMsMax);
  const verdict = await sending;
  const state = breakerStates()['email'];
  const copies = stack.emulator.state().mails[0]?.copies ?? 0;
  await stack.close();
  return { verdict, state, copies };
}

/** The section of docs/fault-matrix.md. */
export function mailTable(cells: ReadonlyMap<string, MailCell>): string {
  const lines = [...cells].map(([name, { verdict, copies }]) => {
    const reason = 'reason' in verdict ? verdict.reason : '';
    const isAddress = verdict.kind === 'never' && verdict.addressIsAtFault;
    return `| ${name} | ${verdict.kind}${isAddress ? ', the address is at fault' : ''} | ${reason} | ${copies} |`;
  });
  return [
    '## email',
    '',
    introduction,
    '',
    '| Fault | Verdict | Reason | Delivered |',
    '| --- | --- | --- | --: |',
    ...lines,
  ].join('\n');
}

const introduction =
  'One attempt at a mail ends with a verdict, never with an error, within 25 s. *Later*: the mail is tried again,\n' +
  'with the same Message-ID. *Never*: no attempt can succeed. *Unusable*: the server refuses Drop, whatever the mail.';
