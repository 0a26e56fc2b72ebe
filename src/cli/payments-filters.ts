import { InvalidArgumentError, Option, type Command } from 'commander';
import { normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { normaliseKid } from '#domain/banking/kid.ts';
import { idEndingOf } from '#domain/payment/short-reference.ts';
import { paymentStatuses, type PaymentStatus } from '#domain/payment/status.ts';
import { addTimes } from './filters.ts';
import { reasonOf, traceIdOf, uuidOf } from './option-values.ts';

/** The options of `drop payments list` as commander reads them from the command line. */
export interface ListOptions {
  status?: PaymentStatus;
  provider?: string;
  bank?: string;
  user?: string;
  name?: string;
  reason?: string;
  as: string;
  trace?: string;
  account?: string;
  kid?: string;
  /** In øre. */
  amount?: number;
  /** As customers read it aloud. */
  reference?: string;
  since?: Date;
  until?: Date;
  after?: string;
  limit: number;
}

/** Adds the options that select payments. */
export function addFilters(command: Command): Command {
  command
    .addOption(new Option('--status <status>', 'only payments with this status').choices(paymentStatuses))
    .option('--provider <id>', 'only payments at the provider with this id')
    .option('--bank <bank>', "only payments at this bank: its name, or the provider's id of it")
    .option('--user <id>', "only payments of this customer, by Drop's id", uuidOf)
    .option(
      '--name <text>',
      'only payments of customers with this in their name; needs --reason and is logged',
    )
    .option('--reason <text>', 'with --name: reason for the access, kept for five years', reasonOf)
    .option('--trace <id>', 'only the payment that this trace began', traceIdOf)
    .option('--account <number>', 'only payments from or to this account number', accountOf)
    .option('--kid <kid>', 'only payments with this KID', normaliseKid)
    .option('--amount <kroner>', 'only payments of this amount, e.g. 1250.50', oereOf)
    .option(
      '--reference <reference>',
      'only payments with this short reference, e.g. 7K4M-Q2XT',
      referenceOf,
    );
  return addTimes(command, 'created');
}

function accountOf(text: string): string {
  const number = normaliseAccountNumber(text);
  if (/^\d{11}$/.test(number)) return number;
  throw new InvalidArgumentError('It must be an account number of eleven digits.');
}

function referenceOf(text: string): string {
  if (idEndingOf(text) !== undefined) return text;
  throw new InvalidArgumentError('It must be a short reference of eight signs, such as 7K4M-Q2XT.');
}

function oereOf(text: string): number {
  const [, kroner, oere = ''] = /^(\d{1,9})(?:[.,](\d{2}))?$/.exec(text) ?? [];
  if (kroner === undefined)
    throw new InvalidArgumentError('It must be an amount in kroner, such as 1250.50.');
  return Number(kroner) * 100 + Number(oere);
}
