import type { WebhookSource } from '#inbox/webhook-source.ts';

/** The paths at which providers deliver webhooks, in the form that the router declares them. */
export const webhookPaths = [
  '/api/kyc/webhook',
  '/api/openbanking/webhook',
  '/api/openbanking/webhook/:provider',
  '/api/email/bounces',
] as const;

/** A path at which webhooks are delivered, and the source that judges them. */
export interface WebhookRoute {
  route: (typeof webhookPaths)[number];
  source: WebhookSource;
}

export interface RoutingDependencies {
  webhookSources: readonly WebhookSource[];
  config: { openBanking: { providerId: string } };
}

/** The sources with a path of their own; the others are providers of open banking. */
const ownPaths = { '/api/kyc/webhook': 'sumsub', '/api/email/bounces': 'email' } as const;
const withOwnPath: ReadonlySet<string> = new Set(Object.values(ownPaths));

/** Finds the source that a path belongs to; undefined for a provider that sends no webhooks here. */
export function createWebhookRouting(
  dependencies: RoutingDependencies,
): (path: string) => WebhookRoute | undefined {
  const { webhookSources, config } = dependencies;
  const sources = new Map(webhookSources.map((source) => [source.provider, source]));
  const withSource = (route: WebhookRoute['route'], provider: string): WebhookRoute | undefined => {
    const source = sources.get(provider);
    return source && { route, source };
  };
  return (path) => {
    if (path === '/api/kyc/webhook' || path === '/api/email/bounces') return withSource(path, ownPaths[path]);
    if (path === '/api/openbanking/webhook') return withSource(path, config.openBanking.providerId);
    const provider = /^\/api\/openbanking\/webhook\/([\w-]+)$/.exec(path)?.[1];
    if (provider === undefined || withOwnPath.has(provider)) return undefined;
    return withSource('/api/openbanking/webhook/:provider', provider);
  };
}
