import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { jsonError } from '#emulation/error-bodies.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { sigV4RefusalOf, type SigV4Account, type SigV4Refusal } from '#emulation/sigv4.ts';
import { signedRequestOf } from '#emulation/sigv4-canonical.ts';

export interface SecretsEmulatorOptions {
  account: Omit<SigV4Account, 'service'>;
  /** The text of each secret, by name. */
  secrets: Readonly<Record<string, string>>;
}

export interface SecretsEmulator extends Emulator {
  /** Makes `text` the current version of a secret, and the current one the previous. */
  rotate(id: string, text: string): void;
}

interface Version {
  id: string;
  text: string;
  createdAt: Date;
}

interface KeptSecret {
  AWSCURRENT: Version;
  AWSPREVIOUS?: Version;
}

/** Statuses by exception. Source: AWS Secrets Manager API Reference, "GetSecretValue" and "Common Errors". */
const statuses = {
  AccessDeniedException: 400,
  IncompleteSignature: 400,
  InternalServiceError: 500,
  InvalidSignatureException: 400,
  MissingAuthenticationTokenException: 400,
  ResourceNotFoundException: 400,
  ThrottlingException: 400,
  UnknownOperationException: 400,
  UnrecognizedClientException: 400,
  ValidationException: 400,
} as const;

type Exception = keyof typeof statuses;

const exceptionOfRefusal: Readonly<Record<SigV4Refusal, Exception>> = {
  unsigned: 'MissingAuthenticationTokenException',
  malformed: 'IncompleteSignature',
  unknown_key: 'UnrecognizedClientException',
  wrong_scope: 'InvalidSignatureException',
  skewed: 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
  unsigned_header: 'InvalidSignatureException',
  body_changed: 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
};

const contentType = 'application/x-amz-json-1.1';
const askedSchema = z.object({
  SecretId: z.string().min(1),
  VersionStage: z.enum(['AWSCURRENT', 'AWSPREVIOUS']).default('AWSCURRENT'),
});

/** Secrets Manager with one operation, `GetSecretValue`. Every request must be signed. */
export function createSecretsEmulator(
  context: EmulatorContext,
  options: SecretsEmulatorOptions,
): SecretsEmulator {
  const { clock, faults } = context;
  const account: SigV4Account = { ...options.account, service: 'secretsmanager' };
  const kept = new Map<string, KeptSecret>();
  const versionOf = (text: string): Version => ({ id: randomUUID(), text, createdAt: clock.now() });
  function reset(): void {
    kept.clear();
    for (const [id, text] of Object.entries(options.secrets)) kept.set(id, { AWSCURRENT: versionOf(text) });
  }
  reset();
  faults.answerWith({
    codes: statuses,
    errorBody: (_status, code = 'InternalServiceError') => ({ ...jsonError({ __type: code }), contentType }),
  });

  const routes = new Hono<EmulatorEnvironment>();
  routes.post('/', faults.guard('get_secret_value'), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const signed = signedRequestOf(c.req.raw, c.env.incoming.url ?? '/', body);
    const refusal = sigV4RefusalOf(signed, account, clock.now());
    if (refusal !== undefined) return exception(exceptionOfRefusal[refusal]);
    if (c.req.header('x-amz-target') !== 'secretsmanager.GetSecretValue')
      return exception('UnknownOperationException');
    const asked = askedSchema.safeParse(JSON.parse(new TextDecoder().decode(body)));
    if (!asked.success) return exception('ValidationException');
    return answer(asked.data.SecretId, asked.data.VersionStage);
  });

  function answer(id: string, stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Response {
    const version = kept.get(id)?.[stage];
    if (!version) return exception('ResourceNotFoundException');
    const found = { Name: id, VersionId: version.id, VersionStages: [stage], SecretString: version.text };
    const text = JSON.stringify({ ...found, CreatedDate: version.createdAt.getTime() / 1000 });
    return new Response(text, { headers: { 'content-type': contentType } });
  }

  return {
    name: 'secrets',
    routes,
    reset,
    rotate(id, text) {
      const before = kept.get(id)?.AWSCURRENT;
      kept.set(id, { AWSCURRENT: versionOf(text), ...(before && { AWSPREVIOUS: before }) });
    },
    state: () => ({
      secrets: [...kept].map(([id, { AWSCURRENT, AWSPREVIOUS }]) => ({
        id,
        current: AWSCURRENT.id,
        previous: AWSPREVIOUS?.id,
      })),
    }),
  };
}

function exception(type: Exception): Response {
  return Response.json(
    { __type: type, Message: type },
    { status: statuses[type], headers: { 'content-type': contentType } },
  );
}
