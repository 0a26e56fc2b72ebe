import { Hono } from 'hono';
import { createBanking } from '#emulation/bank/banking.ts';
import { consentPages } from '#emulation/bank/consent-pages.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import { paymentPages } from '#emulation/bank/payment-pages.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { StartedEmulator } from '#services/definition.ts';
import { accountRoutes } from './account-routes.ts';
import { authenticate } from './authenticate.ts';
import { appActions } from './bank-app.ts';
import { cancellationPage, cancellationRoutes } from './cancellation-routes.ts';
import { consentReturns, consentRoutes } from './consent-routes.ts';
import { createSealKeys } from './keys.ts';
import { paymentReturns, paymentRoutes } from './payment-routes.ts';
import { injectedErrors } from './refusal.ts';
import type { Bench, Consent, Payment } from './world.ts';

/** To be raised when what was remembered of a consent or payment can no longer be read. */
const rememberedVersion = 1;

/**
 * Four banks that speak NextGenPSD2 1.3 directly, each under its name: written from the OpenAPI and the banks' portals,
 * with the deviations that are on record. Requests must be signed as the bank wants it; connections are not encrypted.
 */
export async function createBerlinGroupEmulator(
  context: EmulatorContext,
  options: { customers: readonly SandboxBankCustomer[]; callbackUrl: string },
): Promise<StartedEmulator> {
  const { customers, callbackUrl } = options;
  const keys = await createSealKeys(context.clock.now());
  context.faults.answerWith(injectedErrors);
  const banking = createBanking<Consent, Payment>(context, {
    customers,
    settlementStepMs: undefined,
    version: rememberedVersion,
    onPaymentChange(payment) {
      payment.changedAt = context.clock.now();
    },
  });
  const signed = authenticate(keys.certificatePem, context.clock);
  const { world, settlement, persistence, actions, state, reset, nextOutcome } = banking;
  const guarded: Bench['guarded'] = (operation) => [context.faults.guard(operation), signed];
  const app: Bench['app'] = { decision: 'approve' };
  const bench: Bench = { context, callbackUrl, app, world, settlement, guarded };
  const routes = routesOf(bench, customers);
  return {
    emulator: {
      name: 'berlin-group',
      routes,
      persistence,
      actions: { ...actions, ...appActions(bench) },
      state,
      onStage: { nextOutcome },
      reset() {
        reset();
        app.decision = 'approve';
      },
    },
    environment: {
      OPENBANKING_CLIENT_ID: keys.clientId,
      OPENBANKING_CLIENT_SECRET: keys.privateKeyPem,
      BERLIN_GROUP_SEAL_CERTIFICATE: keys.certificatePem,
      BERLIN_GROUP_API_URL: context.origin,
    },
  };
}

function routesOf(bench: Bench, customers: readonly SandboxBankCustomer[]): Emulator['routes'] {
  const routes = new Hono<EmulatorEnvironment>();
  routes.route('/', consentRoutes(bench, customers));
  routes.route('/', accountRoutes(bench));
  routes.route('/', paymentRoutes(bench));
  routes.route('/', cancellationRoutes(bench));
  routes.route('/', cancellationPage(bench));
  routes.route('/', consentPages({ ...bench, customers, ...consentReturns(bench) }));
  routes.route('/', paymentPages({ ...bench, ...paymentReturns }));
  return routes;
}
