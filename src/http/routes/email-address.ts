import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { removeEmailAddress, resendLink, setEmailAddress } from '#usecases/email-address/change-address.ts';
import { declineEmailAddress, emailAddressState } from '#usecases/email-address/state.ts';
import { verifyEmailAddress } from '#usecases/email-address/verify-address.ts';
import {
  emailAddressSchema,
  emailVerificationSchema,
  newEmailAddressSchema,
  type EmailAddress,
} from '../contract/email-address.ts';
import { requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { body, json, problems } from './openapi.ts';

const path = '/api/email-address';
const state = json(emailAddressSchema, 'The state of the address');

const show = createRoute({
  method: 'get',
  path,
  summary: 'The customer’s e-mail address and its state',
  responses: { 200: state, ...problems(401, 429) },
});

const set = createRoute({
  method: 'put',
  path,
  summary: 'Sends a link to a new address, which is used once the customer has followed the link',
  request: { body: body(newEmailAddressSchema) },
  responses: { 200: state, ...problems(400, 401, 422, 429) },
});

const resend = createRoute({
  method: 'post',
  path: `${path}/resend`,
  summary: 'Sends the link again, if there is an address to verify',
  responses: { 200: state, ...problems(401, 429) },
});

const remove = createRoute({
  method: 'delete',
  path,
  summary: 'Removes the address',
  responses: { 200: state, ...problems(401, 429) },
});

const decline = createRoute({
  method: 'post',
  path: `${path}/decline`,
  summary: 'Notes that the customer does not want to be asked for an address',
  responses: { 200: state, ...problems(401, 429) },
});

const verify = createRoute({
  method: 'post',
  path: `${path}/verification`,
  summary: 'Verifies the address with the token of the link; for the customer who asked for it',
  request: { body: body(emailVerificationSchema) },
  responses: { 200: state, ...problems(400, 401, 404, 409, 429) },
});

export function emailAddressRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  async function shown(userId: string): Promise<EmailAddress> {
    const { linkExpiresAt, ...rest } = await emailAddressState(context, userId);
    return { ...rest, linkExpiresAt: linkExpiresAt?.toISOString() ?? null };
  }

  app.openapi(show, async (c) => {
    const { id } = await requireUser(c, dependencies);
    return c.json(await shown(id), 200);
  });

  app.openapi(set, async (c) => {
    const { id } = await requireUser(c, dependencies);
    await setEmailAddress(context, id, c.req.valid('json').address);
    return c.json(await shown(id), 200);
  });

  app.openapi(resend, async (c) => {
    const { id } = await requireUser(c, dependencies);
    await resendLink(context, id);
    return c.json(await shown(id), 200);
  });

  app.openapi(remove, async (c) => {
    const { id } = await requireUser(c, dependencies);
    await removeEmailAddress(context, id);
    return c.json(await shown(id), 200);
  });

  app.openapi(decline, async (c) => {
    const { id } = await requireUser(c, dependencies);
    await declineEmailAddress(context, id);
    return c.json(await shown(id), 200);
  });

  app.openapi(verify, async (c) => {
    const { id } = await requireUser(c, dependencies);
    await verifyEmailAddress(context, id, c.req.valid('json').token);
    return c.json(await shown(id), 200);
  });
}
