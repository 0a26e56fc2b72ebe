import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from './certificate.ts';

/** The public ports, and those of the processes of Drop. */
export interface Ports {
  https: number;
  http: number;
  drop: readonly number[];
}

/** The nginx of this machine; undefined where there is none. */
export function findNginx(): string | undefined {
  return ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);
}

/** Starts nginx with `deploy/nginx.conf`, in which only names, ports and files are replaced. Returns how to stop it. */
export function startProxy(
  nginx: string,
  { root, directory, host, ports, certificates }: ProxyOptions,
): () => void {
  const servers = ports.drop.map((port) => `server 127.0.0.1:${port} max_fails=1 fail_timeout=5s;`);
  const text = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8')
    .replace('https://pay.example', `https://${host}:${ports.https}`)
    .replaceAll('pay.example;', `${host};`)
    .replace('listen 443 ', `listen ${ports.https} `)
    .replace('listen 80;', `listen ${ports.http};`)
    .replace('/etc/ssl/pay.example/fullchain.pem', certificates.certificate)
    .replace('/etc/ssl/pay.example/privkey.pem', certificates.key)
    .replace(/server 127\.0\.0\.1:3000 .*;/, servers.join(' '));
  const file = join(directory, 'nginx.conf');
  const outer = `pid ${directory}/nginx.pid;\nerror_log ${directory}/nginx.log;\ndaemon off;\nevents {}\n`;
  writeFileSync(file, `${outer}http {\naccess_log off;\n${text}\n}\n`);
  execFileSync(nginx, ['-t', '-q', '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const child = spawn(nginx, ['-c', file], { stdio: 'ignore' });
  return () => void child.kill('SIGTERM');
}

interface ProxyOptions {
  root: string;
  directory: string;
  host: string;
  ports: Ports;
  certificates: Certificates;
}
