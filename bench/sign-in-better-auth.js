// better-auth with its generic OAuth plugin and PostgreSQL, as its documentation sets it up. JavaScript, since it is
// installed for the bench alone.
import { createServer } from 'node:http';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { genericOAuth } from 'better-auth/plugins';
import pg from 'pg';

const port = Number(process.env.PORT);
const options = {
  baseURL: `http://localhost:${port}`,
  secret: 'a-secret-of-the-bench-that-is-long-enough',
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 }),
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' },
  plugins: [
    genericOAuth({
      config: [
        {
          providerId: 'bankid',
          discoveryUrl: `${process.env.ISSUER}/.well-known/openid-configuration`,
          clientId: process.env.CLIENT_ID,
          clientSecret: process.env.CLIENT_SECRET,
          scopes: ['openid', 'profile', 'email'],
          pkce: true,
        },
      ],
    }),
  ],
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
process.once('SIGINT', () => process.exit(0));
createServer(toNodeHandler(betterAuth(options))).listen(port, '127.0.0.1', () => {
  process.stdout.write('listening\n');
});
