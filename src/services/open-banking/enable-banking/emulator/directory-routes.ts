import { Hono } from 'hono';
import { z } from 'zod';
import { sandboxBanks } from '#emulation/bank/banks.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { describeAspsp } from './aspsps.ts';
import { psuTypes, psuTypesOf } from './bank-profiles.ts';
import type { Bench } from './bench.ts';
import { paymentTypes } from './code-lists.ts';
import { refuseForm } from './refusal.ts';

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
    const isServed = country === 'NO' && payment_type === 'DOMESTIC';
    const banks = sandboxBanks.filter((bank) => isServed && psuTypesOf(bank).includes(psu_type));
    return c.json({ aspsps: banks.map((bank) => describeAspsp(bank, context.origin)) });
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
