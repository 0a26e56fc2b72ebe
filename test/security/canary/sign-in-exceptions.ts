import type { Exception } from './exceptions.ts';

/** What a sign-in in the browser leaves where it may. */
export const inBrowser: readonly Exception[] = [
  {
    sink: 'database sign_in_transactions.nonce',
    canary: 'nonce',
    form: /^plain$/,
    reason: 'compared with the ID token on the return; worth nothing without state and browser',
  },
  {
    sink: 'database sign_in_transactions.code_verifier',
    canary: 'code verifier',
    form: /^plain$/,
    reason: 'sent to BankID on the return; worth nothing without the code and Drop’s own secret',
  },
  {
    sink: 'database sign_in_transactions.state_hash',
    canary: 'state',
    form: /^sha256 hex$/,
    reason: 'to find the sign-in; 256 random bits cannot be tried',
  },
  {
    sink: 'database sign_in_transactions.browser_hash',
    canary: 'browser token',
    form: /^sha256 hex$/,
    reason: 'likewise',
  },
  {
    sink: 'database sessions.token_hash',
    canary: 'session token',
    form: /^sha256 hex$/,
    reason: 'to find the session; 256 random bits cannot be tried',
  },
  {
    sink: 'address of the callback',
    canary: 'code',
    form: /^plain$/,
    reason: 'as OAuth has it: good once, for seconds, with the verifier',
  },
  {
    sink: 'address of the callback',
    canary: 'state',
    form: /^plain$/,
    reason: 'as OAuth has it: good once, with the browser or the verifier',
  },
  {
    sink: 'other addresses',
    canary: 'SLACK_WEBHOOK_URL',
    form: /^plain$/,
    reason: 'where Drop calls Slack',
  },
  {
    sink: 'address of the callback',
    canary: 'number of a stranger',
    form: /./,
    reason: 'the test put it there',
  },
];

/** What a sign-in in the app leaves beside it. */
export const inApp: readonly Exception[] = [
  {
    sink: 'database sign_in_transactions.app_challenge',
    canary: 'app verifier',
    form: /^sha256 base64(url)?$/,
    reason: 'S256 of RFC 7636, as the app sends it; 256 random bits cannot be tried',
  },
  {
    sink: 'database sign_in_tickets.app_challenge',
    canary: 'app verifier',
    form: /^sha256 base64(url)?$/,
    reason: 'likewise',
  },
  {
    sink: 'database sign_in_tickets.ticket_hash',
    canary: 'ticket',
    form: /^sha256 hex$/,
    reason: 'to find the ticket; 256 random bits cannot be tried',
  },
  {
    sink: 'address of the app',
    canary: 'code',
    form: /^plain$/,
    reason: 'where BankID answers the app: worth nothing without the app’s verifier',
  },
  { sink: 'address of the app', canary: 'state', form: /^plain$/, reason: 'for the app to compare' },
  {
    sink: 'address of the app',
    canary: 'ticket',
    form: /^plain$/,
    reason: 'good once, for a minute, with the app’s verifier',
  },
];
