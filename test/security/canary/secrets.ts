import { describeVariables } from '#configuration/reference.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { Exchange } from './exchanges.ts';
import type { Canary } from './forms.ts';

/** Shorter ones are found by chance. */
const lengthMin = 20;

/** The variables that hold secrets, those of every provider included. */
const secretVariables = new Set(
  describeVariables(openBankingProviders)
    .filter(({ isSecret }) => isSecret)
    .map(({ name }) => name),
);

/** Every secret of a configuration, by the name of its variable. */
export function configuredSecrets(environment: Readonly<Record<string, string>>): Canary[] {
  return Object.entries(environment)
    .filter(([name]) => secretVariables.has(name))
    .map(([name, value]) => ({ name, value: secretIn(value) }));
}

/** Of an address it is the path that is secret, and of a mail server's the password. */
function secretIn(value: string): string {
  if (/^smtps?:/.test(value)) return decodeURIComponent(new URL(value).password);
  return /^https?:/.test(value) ? new URL(value).pathname : value;
}

const fieldNames: Readonly<Record<string, string>> = {
  state: 'state',
  nonce: 'nonce',
  code_verifier: 'code verifier',
  code: 'code',
  ticket: 'ticket',
  appVerifier: 'app verifier',
};

/** Every secret that passed by, by what it is. */
export function secretsOf(exchanges: readonly Exchange[]): Canary[] {
  const secret = exchanges
    .filter(({ server }) => server !== 'collector' && server !== 'slack')
    .flatMap((exchange) => [...inFields(exchange), ...inBody(exchange), ...inHeaders(exchange)]);
  return secret.filter(({ value }) => value.length >= lengthMin);
}

function inFields({ url, requestBody, location }: Exchange): Canary[] {
  const sources = [url.searchParams, givenIn(requestBody), new URLSearchParams(location?.split('?')[1])];
  return sources.flatMap((source) => {
    const fields: Record<string, unknown> =
      source instanceof URLSearchParams ? Object.fromEntries(source) : { ...source };
    return Object.entries(fieldNames).flatMap(([field, name]) => {
      const value = fields[field];
      return typeof value === 'string' ? [{ name, value }] : [];
    });
  });
}

function givenIn(requestBody: string): object {
  if (!requestBody.startsWith('{')) return new URLSearchParams(requestBody);
  try {
    return JSON.parse(requestBody) as object;
  } catch {
    return {};
  }
}

function inBody({ url, body }: Exchange): Canary[] {
  const ofSumsub = /kyc|accessTokens|websdk/.test(url.pathname);
  const hostedPages = [...body.matchAll(/"(?:redirectUrl|consentUrl)":"([^"]+)"/g)].map(([, url = '']) => ({
    name: 'hosted page',
    value: pathOf(url),
  }));
  const tokens = [...body.matchAll(/"(access_token|id_token|token)":"([^"]+)"/g)].map(
    ([, field = '', value = '']) => {
      if (field === 'token') return { name: ofSumsub ? 'verification token' : 'session token', value };
      return { name: field.replace('_', ' '), value };
    },
  );
  return [...hostedPages, ...tokens];
}

/** What of an address follows its origin, where a link carries its token. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

function inHeaders({ authorization, cookies }: Exchange): Canary[] {
  const [, value = ''] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
  const set = cookies.flatMap((cookie) => {
    const [, name, token = ''] = /^drop-(session|sign-in|identity)=([^;]+)/.exec(cookie) ?? [];
    const names: Record<string, string> = { session: 'session token', identity: 'sealed number' };
    return [{ name: names[name ?? ''] ?? 'browser token', value: token }];
  });
  return [{ name: 'bearer token', value }, ...set];
}
