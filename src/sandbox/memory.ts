import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { systemClock, type Scheduled } from '#domain/clock.ts';
import type { PlacedEmulator } from './emulators.ts';

/** What the sandbox keeps beside its database, so that a restart finds everything as it was. */
interface Memory {
  /** The key under which national identity numbers are hashed. */
  hashKey: string;
  /** By name: what `persistence.save` returned, serialised and in base64. */
  emulators: Record<string, string>;
}

const saveEveryMs = 1_000;

export interface SandboxMemory {
  hashKey: string;
  /** Gives the emulators back what they held, and keeps what they hold from now on. */
  attach(emulators: readonly PlacedEmulator[]): void;
  close(): void;
}

/** `onFailure` is called when what the emulators hold could not be written. */
export function openMemory(dataDirectory: string, onFailure: (error: unknown) => void): SandboxMemory {
  const file = join(dataDirectory, 'sandbox.json');
  const memory = read(file);
  let attached: readonly PlacedEmulator[] = [];
  let saved = JSON.stringify(memory);
  let next: Scheduled | undefined;

  function save(): void {
    for (const { emulator } of attached) {
      if (emulator.persistence) memory.emulators[emulator.name] = packed(emulator.persistence.save());
    }
    const json = JSON.stringify(memory);
    if (json === saved) return;
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    writeFileSync(file, json, { mode: 0o600 });
    saved = json;
  }

  function saveNowAndThen(): void {
    try {
      save();
    } catch (error) {
      // The next turn tries again, so a full disk does not end the sandbox.
      onFailure(error);
    }
    next = systemClock.schedule(saveEveryMs, saveNowAndThen);
  }

  return {
    hashKey: memory.hashKey,
    attach(emulators) {
      for (const { emulator } of emulators) {
        const held = memory.emulators[emulator.name];
        if (held !== undefined) emulator.persistence?.restore(unpacked(held));
      }
      attached = emulators;
      saved = '';
      save();
      next = systemClock.schedule(saveEveryMs, saveNowAndThen);
    },
    close() {
      next?.cancel();
      save();
    },
  };
}

function packed(state: unknown): string {
  return serialize(state).toString('base64');
}

function unpacked(held: string): unknown {
  return deserialize(Buffer.from(held, 'base64'));
}

function read(file: string): Memory {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Memory;
  } catch {
    return { hashKey: randomBytes(32).toString('base64'), emulators: {} };
  }
}
