import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { encryptionKeysOf } from '#configuration/encryption-keys.ts';
import { ownKeysOf, type KeyVariables } from '#configuration/own-keys.ts';
import { createSealer, type Sealer } from '#domain/sealer.ts';
import { recordAct } from '#usecases/operate/record-act.ts';
import type { Database } from '#store/database.ts';
import { discardKey } from '#usecases/discard-key.ts';
import { refuseChangedEncryptionKeys } from '#usecases/operate/changed-keys.ts';
import {
  encryptionKeyStatus,
  rekeyTexts,
  type EncryptionKeyStatus,
} from '#usecases/operate/encryption-keys.ts';
import { actorOf, addAct, type ActOptions } from './author-options.ts';
import { jsonLine } from './json-line.ts';
import { keyIdOf } from './option-values.ts';
import { withDatabase } from './with-database.ts';
import { tableText, type Column } from './table.ts';
import { examples } from './filters.ts';

/** `drop secrets`: under which keys Drop has encrypted what it stores, and the move to the current key. */
export function secretsCommand(): Command {
  const command = new Command('secrets').description(
    'the keys under which secrets and links are encrypted, and the move to the current one',
  );
  command
    .command('status')
    .description('how many encrypted texts are under which key')
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('secrets status', 'secrets status --json'))
    .action(status);
  addAct(
    command.command('rekey').description('encrypt everything under the current key; Drop may run meanwhile'),
  )
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('secrets rekey', 'secrets rekey --json'))
    .action(rekey);
  addAct(
    command
      .command('discard')
      .description('delete what was encrypted under a key that is lost, and end the consents that need it')
      .argument('<key id>', 'the id of the lost key, as `status` shows it', keyIdOf),
  )
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('secrets discard 2025 --reason "the key is lost"'))
    .action(discard);
  return command;
}

async function status({ json }: { json?: true }): Promise<void> {
  await withDatabase(async ({ store }, config) => {
    const keys = await encryptionKeyStatus(store.database, sealerOf(config));
    const text = keys.length === 0 ? 'nothing is encrypted\n' : tableText(columns, keys);
    write(json ? jsonLine({ keys }) : text);
    await refuseOtherKeys(store.database, config);
  });
}

interface KeyOptions extends ActOptions {
  json?: true;
}

async function rekey(options: KeyOptions): Promise<void> {
  const { json } = options;
  const result = await withDatabase(async (context, config) => {
    const { database } = context.store;
    await refuseOtherKeys(database, config);
    const done = await rekeyTexts(database, sealerOf(config), progressTo(process.stderr));
    const act = { act: 'rekeyed secrets', about: `${done.moved} texts` };
    await recordAct(database, context, { ...act, ...actorOf(options) });
    return done;
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  const { moved, damaged, remaining } = result;
  if (damaged > 0) process.stderr.write(`${damaged} texts were changed or moved, and do not open\n`);
  const left = remaining.length === 0 ? 'nothing is left under another key\n' : tableText(columns, remaining);
  write(json ? jsonLine(result) : `${moved} texts encrypted under the current key\n${left}`);
}

async function discard(keyId: string, options: KeyOptions): Promise<void> {
  const { json } = options;
  const result = await withDatabase((context, config) =>
    discardKey(context, sealerOf(config), { keyId, ...actorOf(options) }),
  );
  const text = `${result.texts} texts deleted, ${result.consents} consents ended\n`;
  write(json ? jsonLine(result) : text);
}

function sealerOf(config: KeyVariables): Sealer {
  return createSealer({ ...encryptionKeysOf(config), newNonce: () => randomBytes(12) });
}

/** Overwrites one line, on a terminal only. */
function progressTo(stream: NodeJS.WriteStream): (moved: number) => void {
  return (moved) => {
    if (stream.isTTY) stream.write(`\r  ${moved} texts moved`);
  };
}

/** A key that is not the one of the database would be told as the current one, and texts would be moved to it. */
async function refuseOtherKeys(database: Database, config: KeyVariables): Promise<void> {
  await refuseChangedEncryptionKeys(database, { ...ownKeysOf(config), sealer: sealerOf(config) });
}

const notes = { current: 'current', former: 'former', unknown: 'not configured', none: 'not encrypted' };

const columns: readonly Column<EncryptionKeyStatus>[] = [
  { title: 'KEY', of: ({ keyId }) => keyId ?? '-', min: 20 },
  { title: 'TEXTS', of: ({ texts }) => String(texts), min: 9, right: true },
  { title: 'WHERE', of: ({ where }) => where, min: 26 },
  { title: 'STATE', of: ({ key }) => notes[key] },
];

function write(text: string): void {
  process.stdout.write(text);
}
