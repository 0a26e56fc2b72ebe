import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { initiateVerification, verificationState } from '#usecases/kyc/verify.ts';
import { kycStateSchema, kycTokenSchema } from '../contract/kyc.ts';
import { requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { kycReasons } from '../kyc-texts.ts';
import { json, problems } from './openapi.ts';

const initiate = createRoute({
  method: 'get',
  path: '/api/kyc/initiate',
  summary: "A token for Sumsub's WebSDK",
  responses: {
    200: json(kycTokenSchema, 'The token, valid for 30 minutes'),
    ...problems(401, 403, 409, 429, 503),
  },
});

const status = createRoute({
  method: 'get',
  path: '/api/kyc/status',
  summary: 'The status of the verification',
  responses: { 200: json(kycStateSchema, 'The state'), ...problems(401, 403, 429) },
});

export function kycRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  app.openapi(initiate, async (c) => {
    const user = await requireUser(c, dependencies);
    const { token } = await initiateVerification(dependencies.context, user);
    return c.json({ token }, 200);
  });

  app.openapi(status, async (c) => {
    const user = await requireUser(c, dependencies);
    const verdict = await verificationState(dependencies.context, user);
    const reasons = kycReasons(verdict, c.get('locale'));
    return c.json({ kycStatus: verdict.status, canRetry: verdict.canRetry, reasons }, 200);
  });
}
