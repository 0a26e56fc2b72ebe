import { z } from 'zod';
import { flagNames } from '#domain/flags/declared.ts';
import { baseAddress, flag, list, text, secret } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('Drop');

const telephone = z.string().regex(/^\+?\d[\d ]{6,18}\d$/);
const contactKinds = [z.email(), z.url({ protocol: /^https$/ }), telephone];
const contact = text.refine(
  (value) => contactKinds.some((kind) => kind.safeParse(value).success),
  'must be an e-mail address, an https address or a telephone number',
);

/** Drop itself: where it runs, and where it listens. */
export const dropVariables = {
  NEXT_PUBLIC_SERVICE_MODE: variable(
    {
      description: 'production calls the real services; mock fakes them in process, with no network',
    },
    z.enum(['mock', 'production']).default('production'),
  ),
  DROP_ENVIRONMENT: variable(
    {
      description: 'production and staging are strict; sandbox allows plain HTTP, to loopback only',
    },
    z.enum(['production', 'staging', 'sandbox']).default('production'),
  ),
  PORT: variable(
    { description: 'port of the HTTP server' },
    z.coerce.number().int().min(0).max(65_535).default(3000),
  ),
  HOST: variable(
    { description: 'address that the HTTP server listens on; default 0.0.0.0, in the sandbox 127.0.0.1' },
    text.optional(),
  ),
  INTERNAL_PORT: variable(
    {
      description: 'port of the internal listener: /metrics, and the full /api/health; default PORT + 10000',
    },
    z.coerce.number().int().min(0).max(65_535).optional(),
  ),
  INTERNAL_HOST: variable(
    { description: 'address that the internal listener listens on; not one that the public can reach' },
    text.default('127.0.0.1'),
  ),
  SHUTDOWN_DELAY_SECONDS: variable(
    {
      description: 'how long Drop serves on after SIGTERM, no longer ready; default 5, in the sandbox 0',
    },
    z.coerce.number().int().min(0).max(600).optional(),
  ),
  ALLOW_PUBLIC_MOCKS: variable(
    {
      description: 'true allows mocked services on an address that is not loopback; refused in production',
    },
    flag.default(false),
  ),
  BASE_URL: variable(
    {
      description: 'address under which browsers and webhooks reach Drop',
      example: 'https://getdrop.no',
    },
    baseAddress.optional(),
  ),
  SUPPORT_CONTACT: variable(
    {
      description: 'customer service: an e-mail address, an https address or a telephone number',
      example: 'hjelp@getdrop.no',
    },
    contact.optional(),
  ),
  OPERATOR_NAME: variable(
    {
      description:
        'the company that operates Drop, as customers are told; the four OPERATOR_ variables go together',
      example: 'Foretaket AS',
    },
    text.optional(),
  ),
  OPERATOR_ORGANISATION_NUMBER: variable(
    { description: 'its organisation number, nine digits', example: '123456785' },
    text.refine((value) => /^\d{9}$/.test(value), 'must be nine digits').optional(),
  ),
  OPERATOR_ADDRESS: variable(
    { description: 'its postal address in one line', example: 'Gata 1, 0150 Oslo' },
    text.optional(),
  ),
  OPERATOR_LICENCE: variable(
    {
      description: "its number in Finanstilsynet's register of licences",
      example: 'FT00012345',
    },
    text.optional(),
  ),
  RUNBOOK_URL: variable(
    {
      description:
        'where docs/runbook/ is served: alerts add the name of the page to it; the path in the repository unless set',
      example: 'https://docs.getdrop.no/runbook',
    },
    baseAddress.optional(),
  ),
  ALERT_EMAIL: variable(
    {
      description: 'where alerts go by mail that Slack does not take; without it they go to the log',
      example: 'drift@getdrop.no',
    },
    z.email().optional(),
  ),
  FEATURE_FLAGS: variable(
    {
      description:
        'feature flags that are on for everyone, separated by commas; production refuses those of test features',
      example: 'cards',
    },
    list.pipe(z.array(z.enum(flagNames))).default([]),
  ),
  TRUSTED_PROXY_HOPS: variable(
    {
      description:
        'number of proxies in front of Drop that add to X-Forwarded-For; 0 trusts none; Drop warns if it seems wrong',
    },
    z.coerce.number().int().min(0).max(5).default(0),
  ),
  DATABASE_URL: variable(
    {
      description:
        'a PostgreSQL server, required in production, there with TLS; else an embedded one is started without it',
      example: 'postgres://…?sslmode=verify-full',
      secret: true,
    },
    secret.optional(),
  ),
  DATABASE_DIRECT_URL: variable(
    {
      description:
        "PostgreSQL's own address, where DATABASE_URL is that of a pooler; DATABASE_URL unless set",
      example: 'postgres://…',
      secret: true,
    },
    secret.optional(),
  ),
  DROP_DATA_DIR: variable(
    { description: 'where the embedded database keeps its data' },
    text.default('.drop'),
  ),
  LOG_LEVEL: variable(
    { description: 'lowest level that is logged' },
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  ),
  SIGN_IN_STARTS_PER_MINUTE: variable(
    {
      description:
        'sign-ins from one address, and 4 times as many from a /48; behind a proxy, set TRUSTED_PROXY_HOPS as well',
    },
    z.coerce.number().int().min(1).max(100_000).default(120),
  ),
  SIGN_IN_STARTS_PER_MINUTE_IN_ALL: variable(
    { description: 'sign-ins from all addresses together, for each process of Drop' },
    // Until an address has all its sign-ins back, no more than twice as many come from others, and as many addresses
    // are remembered (src/http/rate-limit.ts): no flood makes Drop forget one.
    z.coerce.number().int().min(1).max(100_000).default(5_000),
  ),
};
