import { Agent, request } from 'undici';
import { syntheticNationalIdentityNumber } from '../src/domain/identity/national-identity-number.ts';
import { processorMs } from './children.ts';
import type { Comparison, Readings } from './harness.ts';
import { startIssuer, type BenchIssuer, type Person } from './sign-in-issuer.ts';
import {
  bare,
  signInSubjects,
  type Begun,
  type RunningSubject,
  type SignInSubject,
} from './sign-in-subjects.ts';

export const signInTitle = 'Sign-in callback';
export const coldTitle = '50 sign-ins at once after a start';

const warmingCallbacks = 1_000;
const callbacksASample = 1_500;
const coldCallbacks = 50;
const connections = 16;
const people: readonly Person[] = Array.from({ length: 200 }, (_, index) => {
  const birthdate = `19${70 + (index % 20)}-0${1 + (index % 9)}-1${index % 10}`;
  return {
    subject: `person-${index}`,
    name: `Testperson ${index}`,
    birthdate,
    nationalIdentityNumber: syntheticNationalIdentityNumber(birthdate, 10 + Math.floor(index / 180) * 20),
  };
});

/** Everything that stands ready for a sign-in bench. */
export interface SignInBench {
  comparisons: Comparison[];
  stop(): Promise<void>;
}

/** Browser and issuer are this process; each subject is one of its own and runs only while it is asked. */
export async function signInBench(options: {
  rounds: number;
  databaseUrl: (name: string) => Promise<string>;
}): Promise<SignInBench> {
  const issuer = await startIssuer();
  const agent = new Agent({ connections, pipelining: 1 });
  const subjects = signInSubjects(options.databaseUrl);
  const common = { unit: '', baseline: bare, warmups: 1, rounds: options.rounds };
  return {
    comparisons: [
      {
        ...common,
        title: signInTitle,
        method:
          `${callbacksASample} sign-ins of 200 people are begun, and their ID tokens signed, beforehand; then the ` +
          `callbacks are sent over ${connections} connections, after ${warmingCallbacks} others that are not ` +
          "counted. Issuer and browser are the bench's own process.",
        subjects: subjects.map((subject) => ({
          name: subject.name,
          sample: () => withSubject(subject, issuer, (running) => warm(running, issuer, agent)),
        })),
      },
      {
        ...common,
        title: coldTitle,
        method:
          'The server has just started; 50 sign-ins are begun, then their callbacks sent at the same moment. ' +
          'How often the issuer was asked for its documents from the start on.',
        warmups: 0,
        rounds: 1,
        subjects: subjects.map((subject) => ({
          name: subject.name,
          sample: () => withSubject(subject, issuer, (running) => cold(running, issuer)),
        })),
      },
    ],
    async stop() {
      await agent.close();
      issuer.close();
    },
  };
}

async function withSubject(
  subject: SignInSubject,
  issuer: BenchIssuer,
  use: (running: RunningSubject) => Promise<Readings>,
): Promise<Readings> {
  issuer.takeFetches();
  const running = await subject.start(issuer.url);
  try {
    return await use(running);
  } finally {
    await running.child.stop();
  }
}

async function warm(running: RunningSubject, issuer: BenchIssuer, agent: Agent): Promise<Readings> {
  await callBack(await prepared(running, issuer, warmingCallbacks), { agent, atOnce: connections });
  const callbacks = await prepared(running, issuer, callbacksASample);
  const usedBefore = processorMs(running.child.pid) ?? Number.NaN;
  const startedAt = performance.now();
  await callBack(callbacks, { agent, atOnce: connections });
  const elapsedMs = performance.now() - startedAt;
  const usedMs = (processorMs(running.child.pid) ?? Number.NaN) - usedBefore;
  return {
    'callbacks/s': (callbacks.length * 1000) / elapsedMs,
    'µs of processor a callback': (usedMs * 1000) / callbacks.length,
  };
}

async function cold(running: RunningSubject, issuer: BenchIssuer): Promise<Readings> {
  const agent = new Agent({ connections: coldCallbacks });
  const callbacks = await prepared(running, issuer, coldCallbacks);
  await callBack(callbacks, { agent, atOnce: coldCallbacks });
  await agent.close();
  const { discovery, jwks } = issuer.takeFetches();
  return { 'fetches of the keys': jwks, 'fetches of the metadata': discovery };
}

interface Callback {
  url: URL;
  cookie: string;
}

async function prepared(running: RunningSubject, issuer: BenchIssuer, count: number): Promise<Callback[]> {
  const callbacks: Callback[] = [];
  while (callbacks.length < count) {
    const batch = Array.from({ length: Math.min(connections, count - callbacks.length) }, () =>
      running.begin(),
    );
    for (const begun of await Promise.all(batch)) {
      const person = people[callbacks.length % people.length];
      if (person) callbacks.push(callbackOf(begun, person, issuer));
    }
  }
  return callbacks;
}

function callbackOf({ authorizeUrl, cookie }: Begun, person: Person, issuer: BenchIssuer): Callback {
  const asked = authorizeUrl.searchParams;
  const url = new URL(asked.get('redirect_uri') ?? '');
  url.searchParams.set('code', issuer.prepare(person, asked.get('nonce')));
  url.searchParams.set('state', asked.get('state') ?? '');
  return { url, cookie };
}

/** Sends the callbacks, `atOnce` at a time. Each must end in a session, or nothing was measured. */
async function callBack(
  callbacks: readonly Callback[],
  { agent, atOnce }: { agent: Agent; atOnce: number },
): Promise<void> {
  const waiting = callbacks.values();
  const worker = async (): Promise<void> => {
    for (const { url, cookie } of waiting) {
      const { statusCode, headers, body } = await request(url, { dispatcher: agent, headers: { cookie } });
      const text = await body.text();
      const isSignedIn = statusCode === 302 && /session/.test(String(headers['set-cookie']));
      if (isSignedIn) continue;
      throw new Error(
        `${url.pathname}: ${statusCode} to ${String(headers['location'])} ${text.slice(0, 300)}`,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
