#!/usr/bin/env node
// Runs the command line on the Node that the project pins, whatever Node the machine has. There are platforms for which
// none is pinned: there it is the machine's.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const node = existsSync(pinned) ? pinned : process.execPath;
const main = fileURLToPath(new URL('./command-line.js', import.meta.url));
const { status, signal, error } = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
if (error) throw error;
if (signal) process.kill(process.pid, signal);
process.exitCode = status ?? 1;
