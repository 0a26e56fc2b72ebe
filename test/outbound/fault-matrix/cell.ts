import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { systemClock } from '#domain/clock.ts';
import { errorTable, isDropError } from '#domain/errors.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { ObligingClock } from '../guarded.ts';
import { CallClock } from './call-clock.ts';
import { authority, certificate, faults, type FaultName } from './faults.ts';
import type { Operation } from './operation.ts';
import { answerBytes, startRawServer, type RawServer } from './raw-server.ts';

/** What became of one operation under one fault. */
export interface Cell {
  /** The error's code, or what the operation resolved with. */
  ended: string;
  /** What the error says of the call; undefined when there was none. */
  outcome: string | undefined;
  /** The status of Drop's answer to who asked for it; undefined when there was no error. */
  httpStatus: number | undefined;
  /** How many requests the provider got. */
  requests: number;
  attempts: OutboundAttempt[];
  /** What the client says of the call: its deadline, and whether it may be seen twice. */
  call: { timeoutMs: number; repeatable: boolean } | undefined;
}

/** Enough for some bytes of a slow answer; how a cell ends does not depend on it. */
const hangsMs = 20;
const timeoutMsDefault = 10_000;

/** Undefined where an operation's answer has nothing that could be wrong so. */
export async function runCell(operation: Operation, name: FaultName): Promise<Cell | undefined> {
  const scene = await setUp(operation, name);
  if (!scene) return undefined;
  const { server, origin, dispatcher } = scene;
  const before = await startPrelude(operation);
  const { outbound, observed } = guardOf(operation, scene, before.origin);
  const ending = await endingOf(operation.drive({ outbound, origin, clock: new ObligingClock() }));
  await dispatcher.destroy();
  server?.close();
  before.server.close();
  return { ...ending, ...observed, requests: server?.requests() ?? 0 };
}

type Observed = Pick<Cell, 'attempts' | 'call'>;

/** The production guard, on the clock of the scene; it also sends what comes before to where that is answered. */
function guardOf(
  operation: Operation,
  { origin, dispatcher, clock }: Scene,
  originBefore: string,
): { outbound: Outbound; observed: Observed } {
  const observed: Observed = { attempts: [], call: undefined };
  const { send } = bound(
    createOutbound({
      provider: operation.provider,
      origins: [origin, originBefore],
      clock,
      dispatcher,
      random: () => 0,
      onAttempt: (attempt) => attempt.operation === operation.name && observed.attempts.push(attempt),
    }),
  );
  const outbound: Outbound = {
    breakerState: 'closed',
    async send(call) {
      if (call.operation !== operation.name)
        return send({ ...call, url: `${originBefore}/${call.operation}` });
      observed.call = { timeoutMs: call.timeoutMs ?? timeoutMsDefault, repeatable: call.repeatable };
      const { pathname, search } = new URL(call.url);
      return send({ ...call, url: `${origin}${pathname}${search}` });
    },
  };
  return { outbound, observed };
}

const bound = (outbound: Outbound): Pick<Outbound, 'send'> => ({ send: (call) => outbound.send(call) });

interface Scene {
  server: RawServer | undefined;
  origin: string;
  dispatcher: Agent;
  clock: CallClock;
}

async function setUp(operation: Operation, name: FaultName): Promise<Scene | undefined> {
  const fault = faults[name];
  const clock = new CallClock();
  if (fault.from === 'no server') {
    return { server: undefined, origin: localhost(portOfNobody), dispatcher: new Agent(), clock };
  }
  if (fault.from === 'no name') {
    const dispatcher = new Agent({ connect: { lookup: notFound } });
    return { server: undefined, origin: 'https://provider.invalid', dispatcher, clock };
  }
  if (fault.from === 'certificate') {
    const server = await startRawServer(() => undefined, certificate(fault.file));
    const dispatcher = new Agent({ connect: { ca: authority } });
    return { server, origin: localhost(server.port, 'https'), dispatcher, clock };
  }
  let origin = '';
  const probe = fault.act(operation.payload('http://localhost'));
  if (!probe) return undefined;
  const server = await startRawServer((socket) => {
    fault.act(operation.payload(origin))?.(socket, '');
    if (fault.hangs === true) systemClock.schedule(hangsMs, () => clock.endCalls());
  });
  origin = localhost(server.port);
  return { server, origin, dispatcher: new Agent(), clock };
}

const localhost = (port: number, scheme = 'http'): string => `${scheme}://localhost:${port}`;

/** Reserved for a service of the 1980s; a port that was just given back could be taken by another cell. */
const portOfNobody = 1;

/** Names under `.invalid` are never found (RFC 6761); a resolver that cannot be reached takes long to say so. */
const notFound: LookupFunction = (hostname, options, done) => {
  if (!hostname.endsWith('.invalid')) return lookup(hostname, options, done);
  done(Object.assign(new Error(`${hostname} is not found`), { code: 'ENOTFOUND' }), '', 4);
};

/** Answers the calls that an operation needs before its own. */
async function startPrelude(operation: Operation): Promise<{ origin: string; server: RawServer }> {
  const server = await startRawServer((socket, path) => {
    const answer = operation.before?.[path.slice(1)] ?? { status: 500, body: '{}' };
    socket.write(answerBytes(answer.status, answer.body));
  });
  return { server, origin: localhost(server.port) };
}

async function endingOf(driven: Promise<string>): Promise<Pick<Cell, 'ended' | 'outcome' | 'httpStatus'>> {
  try {
    return { ended: await driven, outcome: undefined, httpStatus: undefined };
  } catch (error) {
    // What is no `DropError` is a fault of the client; it shows as itself.
    if (!isDropError(error)) return { ended: String(error), outcome: undefined, httpStatus: 500 };
    const { code, details } = error;
    return { ended: code, outcome: details.outcome, httpStatus: errorTable[code].status };
  }
}

/** As the table of what is expected writes it. */
export function ending(cell: Cell | undefined): string {
  if (!cell) return '—';
  return [cell.ended, cell.outcome, requestsOf(cell)].filter((word) => word !== undefined).join(' ');
}

/** How many requests the provider got; where it got none, of how many tries. */
export function requestsOf({ requests, attempts }: Cell): string {
  const tries = attempts.filter(({ refusedBy }) => refusedBy === undefined).length;
  return requests === 0 ? `×0 of ${tries}` : `×${requests}`;
}
