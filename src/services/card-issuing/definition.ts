import type { ServiceDefinition } from '#services/definition.ts';
import type { CardIssuing } from './service.ts';
import { integration } from './integration.ts';
import { variables } from './variables.ts';

/** Cards. There is a mock only: an issuing partner for cards in NOK is missing (README.md). */
export const cardIssuing: ServiceDefinition<typeof variables, CardIssuing> = {
  id: 'card-issuing',
  displayName: 'Stripe Issuing',
  variables,
  integration,
  guards: [],
  async createMock(_values, { clock }) {
    const { createCardIssuingMock } = await import('./mock.ts');
    return createCardIssuingMock(clock);
  },
};
