import { createHash, randomBytes } from 'node:crypto';
import { request } from 'undici';
import { choose } from '../bankid/stack.ts';
import type { CanaryStack } from './stack.ts';

/** How a sign-in ended, as whoever began it is told. */
export interface Ended {
  status: number;
  /** The problem's code; for a browser from its page, for the app over its scheme the word in the link. */
  code: string | undefined;
}

interface Answer extends Ended {
  location: string | undefined;
  cookies: string;
  body: string;
}

/** A sign-in that was begun and has come back from BankID, or was not even begun. */
export interface Returned {
  callback: URLSearchParams;
  finish(
    parameters?: URLSearchParams,
    credentials?: { cookies?: string; appVerifier?: string },
  ): Promise<Ended>;
}

export type Way = (stack: CanaryStack, person: string) => Promise<Returned | Ended>;

/** Where people sign in: on a page, by a script of the page, and in the app, which BankID or Drop sends back to. */
export const ways: Record<string, Way> = {
  'a browser': (stack, person) => inBrowser(stack, person, 'text/html'),
  'a client of the API': (stack, person) => inBrowser(stack, person, 'application/json'),
  'the app by ticket': (stack, person) => inApp(stack, person, 'ticket'),
  'the app by code': (stack, person) => inApp(stack, person, 'code'),
};

async function inBrowser(stack: CanaryStack, person: string, accept: string): Promise<Returned | Ended> {
  const started = await call(stack, '/api/auth/bankid?returnTo=/pay', { headers: { accept } });
  if (started.location === undefined) return started;
  const callback = await choose(started.location, person);
  return {
    callback,
    finish: (parameters = callback, { cookies = started.cookies } = {}) =>
      call(stack, `/api/auth/bankid/callback?${parameters.toString()}`, {
        headers: { accept, ...(cookies && { cookie: cookies }) },
      }),
  };
}

async function inApp(stack: CanaryStack, person: string, by: 'ticket' | 'code'): Promise<Returned | Ended> {
  const verifier = randomBytes(32).toString('base64url');
  const appChallenge = createHash('sha256').update(verifier).digest('base64url');
  const started = await post(stack, '/api/auth/bankid/mobile', { appChallenge });
  if (started.status !== 201) return started;
  const { authorizeUrl } = JSON.parse(started.body) as { authorizeUrl: string };
  const callback = await choose(authorizeUrl, person);
  const redeem = (given: object): Promise<Answer> => post(stack, '/api/auth/bankid/mobile/callback', given);
  return {
    callback,
    async finish(parameters = callback, { appVerifier = verifier } = {}) {
      const error = parameters.get('error');
      if (by === 'code') {
        if (error) return { status: 200, code: error };
        const { code, state, iss } = Object.fromEntries(parameters);
        return redeem({ code, state, iss, appVerifier });
      }
      const back = await call(stack, `/api/auth/bankid/mobile/return?${parameters.toString()}`);
      if (back.location === undefined) return back;
      const link = new URL(back.location).searchParams;
      const ticket = link.get('ticket');
      return ticket === null
        ? { status: 303, code: link.get('error') ?? '' }
        : redeem({ ticket, appVerifier });
    },
  };
}

function post(stack: CanaryStack, path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return call(stack, path, { method: 'POST', headers, body: JSON.stringify(body) });
}

export async function call(
  { appOrigin }: CanaryStack,
  path: string,
  options: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const response = await request(`${appOrigin}${path}`, options);
  const body = await response.body.text();
  const { location, 'set-cookie': set = [] } = response.headers;
  const cookies = [set].flat().map((cookie) => cookie.split(';')[0]);
  return {
    status: response.statusCode,
    code: /"code":"(\w+)"/.exec(body)?.[1],
    location: typeof location === 'string' ? location : undefined,
    cookies: cookies.join('; '),
    body,
  };
}
