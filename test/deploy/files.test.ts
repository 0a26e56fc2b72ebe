import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { allVariables } from '#configuration/variables.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { webhookBytesMax } from '#inbox/receive.ts';
import { execForm, isInContext, lastOf, stagesOf } from '../../scripts/image/dockerfile.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const nginxConf = read('deploy/nginx.conf');

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'drop-deploy-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

describe('the Dockerfile', () => {
  const stages = stagesOf(read('Dockerfile'));
  const last = stages.at(-1);
  const ignore = read('.dockerignore');

  test('runs as an unprivileged user, and its commands are in the exec form', () => {
    expect(last && lastOf(last, 'USER')?.rest).toBe('node');
    const programs = ['CMD', 'HEALTHCHECK'].map((name) => execForm((last && lastOf(last, name)?.rest) ?? ''));
    expect(programs).toEqual([
      ['node', 'bin/serve.js'],
      ['node', 'bin/live.js'],
    ]);
    expect(programs.every(([, file = '']) => existsSync(new URL(file, root)))).toBe(true);
  });

  test('copies only what exists and what .dockerignore lets in', () => {
    const copies = stages.flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'COPY'));
    const paths = copies
      .map(({ rest }) => rest.split(/\s+/))
      .filter((words) => words[0]?.startsWith('--from=') !== true)
      .flatMap((words) => words.slice(0, -1));
    expect(paths.filter((path) => !existsSync(new URL(path, root)) || !isInContext(path, ignore))).toEqual(
      [],
    );
    expect(paths).toContain('src');
  });

  test.each(['.env', '.drop/postgres', 'deploy/secrets/app_password', 'node_modules', 'web/dist/index.html'])(
    '%s is left out of the build',
    (path) => {
      expect(isInContext(path, ignore)).toBe(false);
    },
  );

  test('a command in the shell form, which SIGTERM does not reach, is refused', () => {
    expect(() => execForm('node bin/serve.js')).toThrow('exec form');
  });
});

interface Service {
  image?: string;
  build?: string;
  read_only?: boolean;
  cap_drop?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  depends_on?: Record<string, object>;
  ports?: string[];
}

describe('compose.yaml', () => {
  const compose = parse(read('compose.yaml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
    secrets: Record<string, { file: string }>;
  };
  const services = Object.entries(compose.services);

  test('names only services, secrets, volumes and files that it has', () => {
    const dangling = services.flatMap(([name, { depends_on: others = {}, secrets = [], volumes = [] }]) => [
      ...Object.keys(others).filter((other) => !(other in compose.services)),
      ...secrets.filter((secret) => !(secret in compose.secrets)),
      ...volumes
        .map((volume) => volume.split(':')[0] ?? '')
        .filter((from) =>
          from.startsWith('.') ? !existsSync(new URL(from, root)) : !(from in compose.volumes),
        )
        .map((from) => `${name} ${from}`),
    ]);
    expect(dangling).toEqual([]);
  });

  test('sets only variables that Drop has', () => {
    const known = new Set(Object.keys(allVariables(openBankingProviders).shape));
    const names = ['drop', 'migrate'].flatMap((name) =>
      Object.keys(compose.services[name]?.environment ?? {}).map((variable) =>
        variable.replace(/_FILE$/, ''),
      ),
    );
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(names).toContain('DATABASE_DIRECT_URL');
  });

  test('Drop has a file system that cannot be written and no capabilities, and only this machine reaches it', () => {
    const { read_only: isReadOnly, cap_drop: dropped, ports } = compose.services['drop'] ?? {};
    expect([isReadOnly, dropped, ports]).toEqual([true, ['ALL'], ['127.0.0.1:3000:3000']]);
  });

  test('every secret is made by deploy/make-secrets.sh, once', () => {
    const directory = temporaryDirectory();
    const script = join(directory, 'make-secrets.sh');
    writeFileSync(script, read('deploy/make-secrets.sh'));
    const made = (): string[] =>
      Object.values(compose.secrets).map(({ file }) =>
        readFileSync(join(directory, file.replace('./deploy/', '')), 'utf8'),
      );
    execFileSync('sh', [script]);
    const first = made();
    execFileSync('sh', [script]);
    expect(made()).toEqual(first);
    expect(first.every((text) => text.length > 20)).toBe(true);
  });
});

/** Why a program that judges a file is not there, as the title of the skipped test says it. */
const without = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0;

describe('the proxies', () => {
  test('take what Drop takes, and wait for longer than Drop', () => {
    expect(Number(/client_max_body_size (\d+)m/.exec(nginxConf)?.[1]) * 1024 ** 2).toBeGreaterThan(
      webhookBytesMax,
    );
    const streams = /location = \/api\/events \{([^}]*)\}/.exec(nginxConf)?.[1] ?? '';
    expect(streams).toContain('proxy_buffering off;');
    expect(Number(/proxy_read_timeout (\d+)s/.exec(streams)?.[1])).toBeGreaterThan(300);
    expect(nginxConf).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
  });

  test('leave Strict-Transport-Security to Drop, since browsers read the first of two only', () => {
    expect([nginxConf, read('deploy/Caddyfile')].filter((text) => /transport-security/i.test(text))).toEqual(
      [],
    );
  });

  test.skipIf(without('nginx'))('nginx accepts deploy/nginx.conf (skipped where nginx is absent)', () => {
    const directory = temporaryDirectory();
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem', '-subj', '/CN=x'];
    execFileSync('openssl', ['req', '-x509', ...key], { cwd: directory, stdio: 'ignore' });
    const servers = nginxConf
      .replace('/etc/ssl/pay.example/fullchain.pem', join(directory, 'cert.pem'))
      .replace('/etc/ssl/pay.example/privkey.pem', join(directory, 'key.pem'));
    const pid = `pid ${join(directory, 'pid')};`;
    writeFileSync(join(directory, 'nginx.conf'), `${pid}\nevents {}\nhttp {\n${servers}\n}`);
    const { status, stderr } = spawnSync('nginx', ['-t', '-c', join(directory, 'nginx.conf')], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, expect.stringContaining('test is successful')]);
  });

  test.skipIf(without('caddy'))('Caddy accepts deploy/Caddyfile (skipped where Caddy is absent)', () => {
    const parameters = ['adapt', '--config', 'deploy/Caddyfile', '--validate'];
    const { status, stderr } = spawnSync('caddy', parameters, { cwd: root, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, expect.anything()]);
  });
});

test('the unit starts the Node that is installed with Drop, in time to stop', () => {
  const unit = read('deploy/drop.service');
  const [, program = '', file = ''] = /^ExecStart=\/opt\/drop\/current\/(\S+) (\S+)$/m.exec(unit) ?? [];
  expect([program, file].filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(30);
});

test.skipIf(without('systemd-analyze'))(
  'systemd knows every word of the unit (skipped where it is absent)',
  () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'drop.service');
    // The programs of the unit are not on this machine.
    writeFileSync(file, read('deploy/drop.service').replace(/^ExecStart=.*$/m, 'ExecStart=/bin/true'));
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    expect(stderr.split('\n').filter((line) => line.includes('drop.service'))).toEqual([]);
  },
);

test('Prometheus reads the port of the internal listener', () => {
  const { scrape_configs: jobs } = parse(read('deploy/prometheus.yml')) as {
    scrape_configs: { static_configs: { targets: string[] }[] }[];
  };
  const targets = jobs.flatMap(({ static_configs: all }) => all.flatMap((each) => each.targets));
  expect(targets.filter((target) => !target.endsWith(':13000'))).toEqual([]);
});
