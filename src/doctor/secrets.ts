import { sourceOf, type VariableSource } from '#configuration/environment.ts';
import { secretFingerprint } from '#domain/key-fingerprint.ts';
import type { CheckVerdict } from '#services/definition.ts';
import { failed, ok, type Check, type Finding } from './finding.ts';
import { givenSecrets, type GivenSecret, type Patient } from './patient.ts';

/** Of a shorter secret even eight digits tell too much. */
const fingerprintedCharactersMin = 16;

const sourceTexts: Record<VariableSource, (variable: string) => string> = {
  environment: () => 'from the environment',
  file: (variable) => `from the file of ${variable}_FILE`,
};

/** Where each secret is from, and its fingerprint, by which two machines are compared. */
export function secretChecks(patient: Patient): Check[] {
  return [
    {
      area: 'secrets',
      subject: 'fingerprints',
      async run() {
        const findings: Finding[] = [];
        // One after the other: several at once would keep the threads that resolve names.
        for (const secret of givenSecrets(patient))
          findings.push({
            area: 'secrets',
            subject: secret.variable,
            ...(await judgeSecret(secret, patient)),
          });
        return findings;
      },
    },
  ];
}

async function judgeSecret({ variable, value }: GivenSecret, patient: Patient): Promise<CheckVerdict> {
  if (value === undefined)
    return failed('its file cannot be read', `check ${variable}_FILE, and the rights of Drop’s user`);
  const source = sourceTexts[sourceOf(patient.environment, variable) ?? 'environment'](variable);
  if (value.length < fingerprintedCharactersMin) return ok(`${source}, too short for a fingerprint`);
  return ok(`${source}, fingerprint ${await secretFingerprint(value)}`);
}
