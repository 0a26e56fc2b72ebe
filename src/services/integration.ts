/** What customers or operators lose while a service does not answer. */
export type Criticality = 'critical' | 'high' | 'medium' | 'low' | 'off';

/**
 * The facts of a service that no code needs, for operators and for the choice of a provider: `docs/integrations.md` is
 * written from them. A number stands in a text by the constant that the code obeys. Each text is one or more sentences
 * in Markdown.
 */
export interface Integration {
  /** `candidate`: one of several that may be chosen. `mock`: there is no production client. */
  status: 'production' | 'candidate' | 'mock';
  purpose: string;
  criticality: Criticality;
  /** `package`: a client that the provider or others publish. */
  calls: { by: 'direct calls' | 'package'; why: string };
  authentication: string;
  retries: string;
  breaker: string;
  /** What happens instead while the service does not answer, and what customers see. */
  fallback: string;
  rateLimits: string;
  /** What a change to another provider costs. */
  leaving: string;
  /** The kinds of alerts that concern it, from `src/usecases/alerts/kinds.ts`. */
  alerts: readonly string[];
  /** The names of the metrics that show it. */
  metrics: readonly string[];
  /** Where a person looks: a command, a page, the provider's console. */
  dashboard: string;
}
