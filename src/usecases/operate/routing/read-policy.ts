import { z } from 'zod';
import { DropError } from '#domain/errors.ts';
import { bankKeyOf } from '#domain/routing/bank-key.ts';
import { policyFaults, type RoutingPolicy } from '#domain/routing/policy.ts';

/** A policy is read with each list of banks, so what it names is limited. */
const customersMax = 1_000;
const banksMax = 500;

/** As the database writes it, so that routing can compare the texts. */
const customers = z.array(z.uuid().toLowerCase()).max(customersMax).optional();

/** A bank by its BIC, of eight or eleven characters, or by its key. */
const bank = z
  .string()
  .regex(
    /^([A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?|name:(?=[^\p{L}\p{N}]*[\p{L}\p{N}]).*)$/u,
    'is neither a BIC nor a key such as name:sparebank1',
  )
  .transform((text) =>
    bankKeyOf(text.startsWith('name:') ? { name: text.slice('name:'.length) } : { bic: text, name: text }),
  );

const moveSchema = z.strictObject({
  to: z.string(),
  whom: z.enum(['new_customers', 'everyone']),
  sharePercent: z.number().min(0).max(100),
  banks: z.array(bank).max(banksMax).optional(),
  customers,
  exceptCustomers: customers,
});

const policySchema = z.strictObject({
  salt: z.string().min(1).max(64),
  home: z.string(),
  moves: z.array(moveSchema).max(10),
});

/**
 * Reads a policy that an operator wrote as JSON. A stop is not part of it: it is made by `providers stop`.
 *
 * @throws {DropError} `invalid_request` with each fault and its path.
 */
export function readPolicy(text: string, providers: readonly string[]): RoutingPolicy {
  const read = policySchema.safeParse(jsonOf(text));
  if (!read.success)
    throw refused(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  const faults = policyFaults(read.data, providers);
  if (faults.length > 0) throw refused(faults);
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DropError('invalid_request', { message: 'The policy is not JSON.', cause });
  }
}

function refused(faults: readonly { path: string; message: string }[]): DropError {
  const lines = faults.map(({ path, message }) => `  ${path === '' ? 'the policy' : path}: ${message}`);
  return new DropError('invalid_request', { message: `The policy is not in order:\n${lines.join('\n')}` });
}
