import { Hono } from 'hono';
import { z } from 'zod';
import { sandboxBanks } from '#emulation/bank/banks.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { describeAspsp } from './aspsps.ts';
import type { Bench } from './bench.ts';
import { paymentTypes } from './code-lists.ts';
import { refuseForm } from './refusal.ts';
import { psuTypes } from './request-body.ts';

const query = z.object({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  psu_type: z.enum(psuTypes).optional(),
  service: z.enum(['AIS', 'PIS']).optional(),
  payment_type: z.enum(paymentTypes).optional(),
});

/** `GET /aspsps`, `GET /application`, and the certificate that webhooks are signed with. */
export function directoryRoutes({ context, keys, guarded, callbackUrl }: Bench): Hono<EmulatorEnvironment> {
  const routes = new Hono<EmulatorEnvironment>();

  routes.get('/aspsps', ...guarded('list_aspsps'), (c) => {
    const parsed = query.safeParse(c.req.query());
    if (!parsed.success) throw refuseForm('query', parsed.error);
    const { country = 'NO', psu_type = 'personal', payment_type = 'DOMESTIC' } = parsed.data;
    const served = country === 'NO' && psu_type === 'personal' && payment_type === 'DOMESTIC';
    return c.json({ aspsps: served ? sandboxBanks.map((bank) => describeAspsp(bank, context.origin)) : [] });
  });

  routes.get('/application', ...guarded('get_application'), (c) =>
    c.json({
      name: 'Drop (sandbox)',
      kid: keys.applicationId,
      environment: 'SANDBOX',
      redirect_urls: [callbackUrl],
      active: true,
      countries: ['NO'],
      services: ['AIS', 'PIS'],
    }),
  );

  routes.get('/certs/webhooks.pem', context.faults.guard('get_webhook_certificate'), (c) =>
    c.body(keys.webhookKey().certificatePem, 200, { 'content-type': 'application/x-pem-file' }),
  );

  return routes;
}
