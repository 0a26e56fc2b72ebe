import { expect, test } from 'vitest';
import { problemTexts } from '#http/problem-texts.ts';
import type { ErrorCode } from '#domain/errors.ts';
import type { FaultInput } from '#emulation/faults.ts';
import { LiveDrop, type Answer } from './live-drop.ts';

interface Row {
  happens: string;
  status: number;
  code: ErrorCode;
  person?: string;
  fault?: FaultInput;
  override?: Record<string, unknown>;
  change?: (callback: URLSearchParams) => void;
  retryAfter?: string;
}

const rows: Row[] = [
  {
    happens: 'another state',
    status: 400,
    code: 'sign_in_state_mismatch',
    change: (callback) => callback.set('state', 'another'),
  },
  {
    happens: 'a token that cannot be trusted',
    status: 401,
    code: 'sign_in_token_invalid',
    override: { signature: 'tampered' },
  },
  { happens: 'a person of 17', status: 403, code: 'sign_in_under_age', person: 'sytten' },
  {
    happens: 'a code that BankID refuses',
    status: 500,
    code: 'sign_in_code_exchange_failed',
    fault: { operation: 'token', effect: 'status', status: 400 },
  },
  {
    happens: 'BankID down',
    status: 503,
    code: 'sign_in_unavailable',
    retryAfter: '7',
    fault: { operation: 'token', effect: 'status', status: 503, retryAfterSeconds: 7 },
  },
];

const languages = [
  ['nb', {}],
  ['en', { 'drop-locale': 'en' }],
] as const;

async function provoke(drop: LiveDrop, row: Row, headers: Record<string, string>): Promise<Answer> {
  if (row.override) await drop.stack.override(row.override);
  const callback = await drop.begin(row.person);
  row.change?.(callback);
  if (row.fault) drop.stack.fault({ ...row.fault, times: 1 });
  return drop.finish(callback, headers);
}

test.each(rows)(
  '$happens is answered $status, in Norwegian and English, to browsers and other clients',
  async (row) => {
    const { status, code, retryAfter } = row;
    const drop = await LiveDrop.start();
    for (const [language, cookies] of languages) {
      for (const [name, value] of Object.entries(cookies)) drop.setCookie(name, value);
      const message = problemTexts[code][language];

      const page = await provoke(drop, row, { accept: 'text/html' });
      expect(page.status).toBe(status);
      expect(page.headers['content-type']).toContain('text/html');
      const inPage = /id="drop-problem">(.*?)<\/script>/s.exec(page.body)?.[1] ?? '{}';
      expect(JSON.parse(inPage)).toMatchObject({ status, code, message });

      const problem = await provoke(drop, row, { accept: 'application/json', 'accept-language': language });
      expect(problem.status).toBe(status);
      expect(problem.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(problem.body)).toMatchObject({ status, code, message });

      for (const { headers } of [page, problem]) {
        expect(headers['retry-after']).toBe(retryAfter);
        expect(headers['cache-control']).toBe('no-store');
        expect(headers['set-cookie']).toBeUndefined();
      }
    }
    expect((await drop.get('/api/me')).status).toBe(401);
  },
);

test('a sign-in that starts while BankID is down is answered 503 with a time to wait', async () => {
  const drop = await LiveDrop.start();
  drop.stack.fault({ operation: 'discovery', effect: 'status', status: 503, retryAfterSeconds: 7 });
  for (const accept of ['text/html', 'application/json']) {
    const answer = await drop.get('/api/auth/bankid', { accept });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('7');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toContain('"code":"sign_in_unavailable"');
  }
});

test.each(['text/html', '*/*', undefined])(
  'a customer who cancels is redirected to the sign-in without an error (Accept: %s)',
  async (accept) => {
    const drop = await LiveDrop.start();
    const answer = await drop.finish(await drop.begin('avbryter'), accept === undefined ? {} : { accept });
    expect([answer.status, answer.headers['location']]).toEqual([302, '/sign-in?outcome=cancelled']);
    expect(drop.calls('/token')).toBe(0);
    const callback = await drop.begin();
    expect((await drop.finish(callback)).status).toBe(302);
  },
);

test('a client that asks for JSON gets a separate code and status for a cancelled sign-in', async () => {
  const drop = await LiveDrop.start();
  const told = await drop.finish(await drop.begin('avbryter'), { accept: 'application/json' });
  expect(told.status).toBe(409);
  expect(JSON.parse(told.body)).toMatchObject({ code: 'sign_in_cancelled', status: 409 });
});

test.each([
  '//evil.example',
  'https://evil.example',
  '/\\evil.example',
  '/api/auth/logout',
  'pay',
  '/pay\r\nx: y',
])('after the sign-in, returnTo %j leads to the front page', async (returnTo) => {
  const drop = await LiveDrop.start();
  const { status, headers } = await drop.finish(await drop.begin('kari', returnTo));
  expect([status, headers['location']]).toEqual([302, '/']);
});
