import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { DropError } from '#domain/errors.ts';
import type { HeartbeatName } from '#services/better-stack/service.ts';
import { workers } from '#services/better-stack/monitors/declared.ts';
import { planMonitors } from '#services/better-stack/monitors/plan.ts';
import { placeOf, type Owned } from '#services/better-stack/monitors/ownership.ts';
import { jsonLine } from './json-line.ts';
import { withMonitoring } from './monitors-settings.ts';
import { examples } from './filters.ts';

const variables: Record<HeartbeatName, string> = {
  scheduled_work: 'BETTERSTACK_HEARTBEAT_SCHEDULED_WORK_URL',
  webhook_inbox: 'BETTERSTACK_HEARTBEAT_WEBHOOK_INBOX_URL',
  outbox: 'BETTERSTACK_HEARTBEAT_OUTBOX_URL',
};

/** `drop monitors heartbeats`: the addresses of the heartbeats, as variables of Drop, in a file and never printed. */
export function addHeartbeats(command: Command): void {
  command
    .command('heartbeats')
    .description(
      'write the heartbeat addresses as variables of Drop; they are secrets, so only to a new file',
    )
    .requiredOption('--write <file>', 'the file, which must not exist yet; only you can read it')
    .option('--json', 'one JSON object, without the addresses')
    .addHelpText(
      'after',
      examples(
        'monitors heartbeats --write heartbeats.env',
        'monitors heartbeats --write heartbeats.env --json',
      ),
    )
    .action(async ({ write, json }: { write: string; json?: true }) => {
      const { owned } = await withMonitoring(planMonitors);
      const heartbeats = [...workers].map(([key, name]) => {
        return { key, variable: variables[name], address: addressOf(owned, key) };
      });
      const lines = heartbeats.map(({ variable, address }) => `${variable}=${address}\n`);
      await writeFile(write, lines.join(''), { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
        throw new DropError('invalid_request', { message: `${write} cannot be written: ${code}`, cause });
      });
      const written = { file: write, heartbeats: heartbeats.map(({ key, variable }) => ({ key, variable })) };
      process.stdout.write(
        json
          ? jsonLine(written)
          : `${lines.length} addresses written to ${write}: move them to the secrets of Drop\n`,
      );
    });
}

/** @throws {DropError} `not_found` when there is none yet, `provider_invalid_response` for no address. */
function addressOf({ own }: Owned, key: string): string {
  const [heartbeat, ...more] = own.get(placeOf('heartbeat', key)) ?? [];
  if (!heartbeat || more.length > 0)
    throw new DropError('not_found', {
      message: `there is not one heartbeat "${key}": run \`monitors apply\` first`,
    });
  const { url } = heartbeat.attributes;
  // A line break would begin another variable.
  if (typeof url === 'string' && /^https?:\/\/\S+$/.test(url)) return url;
  throw new DropError('provider_invalid_response', { message: `the heartbeat "${key}" has no address` });
}
