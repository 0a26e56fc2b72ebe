// Auth.js with an OpenID provider and its default sessions, which are encrypted cookies and no rows. JavaScript, since
// it is installed for the bench alone.
import { Auth } from '@auth/core';
import { getRequestListener } from '@hono/node-server';
import { createServer } from 'node:http';

const port = Number(process.env.PORT);
const config = {
  basePath: '/auth',
  secret: 'a-secret-of-the-bench-that-is-long-enough',
  trustHost: true,
  providers: [
    {
      id: 'bankid',
      name: 'BankID',
      type: 'oidc',
      issuer: process.env.ISSUER,
      clientId: process.env.CLIENT_ID,
      clientSecret: process.env.CLIENT_SECRET,
      checks: ['pkce', 'state', 'nonce'],
    },
  ],
};
process.once('SIGINT', () => process.exit(0));
createServer(getRequestListener((request) => Auth(request, config))).listen(port, '127.0.0.1', () => {
  process.stdout.write('listening\n');
});
