import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installFromDebian, isExecutable } from '../../scripts/debian.ts';
import type { Engine } from './engine.ts';
import { startFirefox } from './firefox.ts';
import { startWebKit } from './webkit.ts';

export type EngineName = 'firefox' | 'webkit';

/** Starts each browser; Debian's package is installed first where that needs no question. */
export const engines: Record<EngineName, () => Promise<Engine>> = {
  firefox: async () => startFirefox(programOf(['firefox-esr', 'firefox'], 'firefox-esr')),
  async webkit() {
    const driver = programOf(['WebKitWebDriver'], 'webkit2gtk-driver');
    const display = process.env['DISPLAY'] ? undefined : startDisplay();
    const engine = await startWebKit({ driver, binary: miniBrowser() });
    return {
      ...engine,
      async close() {
        await engine.close();
        display?.kill();
      },
    };
  },
};

/** @throws {Error} when the program is not there and cannot be installed. */
function programOf(names: readonly string[], debianPackage: string): string {
  const found = () => onPath(names)[0];
  const program = found() ?? (installFromDebian(debianPackage) ? found() : undefined);
  if (program === undefined)
    throw new Error(`install ${names.join(' or ')} (on Debian: apt-get install ${debianPackage})`);
  return program;
}

function onPath(names: readonly string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

/** A screen that is seen by no one, for a browser that cannot do without. */
function startDisplay(): ReturnType<typeof spawn> {
  const server = onPath(['Xvfb'])[0] ?? (installFromDebian('xvfb') ? onPath(['Xvfb'])[0] : undefined);
  if (server === undefined) throw new Error('set DISPLAY, or install Xvfb (on Debian: apt-get install xvfb)');
  const number = `:${80 + (process.pid % 100)}`;
  process.env['DISPLAY'] = number;
  return spawn(server, [number, '-screen', '0', '1400x1000x24'], { stdio: 'ignore' });
}

/** WebKitGTK's own browser has a folder for each version of the library. */
function miniBrowser(): string {
  const libraries = '/usr/lib';
  const found = readdirSync(libraries)
    .flatMap((architecture) => foldersOf(join(libraries, architecture)))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find(isExecutable);
  if (found === undefined) throw new Error('WebKitGTK has no MiniBrowser under /usr/lib');
  return found;
}

function foldersOf(path: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => name.startsWith('webkit2gtk-'))
      .map((name) => join(path, name));
  } catch {
    return [];
  }
}
