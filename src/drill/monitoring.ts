import { systemEntropy } from '#domain/entropy.ts';
import { Secret } from '#domain/secret.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { commandVariables } from '#services/better-stack/command-variables.ts';
import { createMonitoringApi } from '#services/better-stack/monitors/api.ts';
import { applyPlan } from '#services/better-stack/monitors/apply.ts';
import { planMonitors } from '#services/better-stack/monitors/plan.ts';
import type { World } from './world.ts';

/** Sets BetterStack up as `drop monitors apply` does. */
export async function applyMonitors({ emulation, clock }: World): Promise<void> {
  const settings = commandVariables.parse({
    ...emulation.environment,
    BETTERSTACK_RECIPIENTS: 'vakt@drop.example',
  });
  const dispatcher = createDispatcher();
  const origin = settings.BETTERSTACK_API_URL;
  const outbound = createOutbound({
    provider: 'better-stack',
    origins: [origin],
    clock,
    dispatcher,
    random: systemEntropy.fraction,
  });
  try {
    const token = new Secret(settings.BETTERSTACK_API_TOKEN.reveal());
    const api = createMonitoringApi({ origin, token }, { clock, outbound });
    await applyPlan(api, await planMonitors(api, settings), () => undefined);
  } finally {
    await dispatcher.close();
  }
}
