import type { ServiceCheck } from '#services/definition.ts';
import type { Secrets } from './service.ts';

/** Reads the secrets as a start does. */
export function secretsCheck(secrets: Secrets): ServiceCheck {
  return {
    subject: '',
    async run() {
      const { current } = await secrets.read();
      const count = current.size === 1 ? '1 variable is' : `${current.size} variables are`;
      return { severity: 'ok', text: `${count} given there` };
    },
  };
}
