import type { Mock } from '#services/definition.ts';
import type { Secrets } from './service.ts';

/** No store: mocks need no secrets. */
export function createSecretsMock(): Mock<Secrets> {
  return {
    isOn: false,
    read: async () => ({ current: new Map(), previous: new Map() }),
    reset: () => undefined,
  };
}
