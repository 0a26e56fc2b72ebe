import { InvalidArgumentError, Option, type Command } from 'commander';
import { webhookStatuses, type WebhookFilters } from '#store/webhook-search.ts';

const idMax = Number.MAX_SAFE_INTEGER;

/** Adds the options by which webhooks are chosen. */
export function addFilters(command: Command): Command {
  return command
    .option('--provider <id>', 'who sent them, e.g. sumsub')
    .addOption(new Option('--status <status>', 'what became of them').choices(webhookStatuses))
    .option('--event-type <type>', "the provider's word, e.g. applicantReviewed")
    .option('--subject <id>', 'what they are about: an applicant, a payment')
    .option('--received-from <time>', 'received at or after, e.g. 2026-02-23 or 2026-02-23T14:30:00Z', timeOf)
    .option('--received-to <time>', 'received before', timeOf)
    .option('--id-from <id>', 'from this id on', idOf)
    .option('--id-to <id>', 'up to this id, inclusive', idOf);
}

/** The filters among a command's options, without those that were not given. */
export function filtersOf(options: WebhookFilters): WebhookFilters {
  const { provider, status, eventType, subject, receivedFrom, receivedTo, idFrom, idTo } = options;
  const all = { provider, status, eventType, subject, receivedFrom, receivedTo, idFrom, idTo };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export function idOf(text: string): number {
  if (!/^\d{1,16}$/.test(text) || Number(text) > idMax)
    throw new InvalidArgumentError('an id is a whole number.');
  return Number(text);
}

/** A number of rows, from 1 to `max`. */
export function limitUpTo(max: number): (text: string) => number {
  return (text) => {
    const limit = Number(text);
    if (!/^\d+$/.test(text) || limit < 1 || limit > max)
      throw new InvalidArgumentError(`a whole number from 1 to ${max}.`);
    return limit;
  };
}

const timePattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

function timeOf(text: string): Date {
  const time = new Date(text);
  if (!timePattern.test(text) || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('a day (UTC), or a time with its zone: 2026-02-23T14:30:00Z.');
  return time;
}
