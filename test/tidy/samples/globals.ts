import type { Sample } from './sample.ts';

/** Of what one place of the code may reach. */
export const globalsSamples: readonly Sample[] = [
  {
    rule: 'no Date.now outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'const now = Date.now();',
    good: 'const now = clock.now(); // not Date.now',
  },
  {
    rule: 'no new Date() outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'const now = new Date();',
    good: 'const then = new Date(0);',
  },
  {
    rule: 'no Math.random outside its place',
    path: 'src/outbound/guard.ts',
    bad: 'const { random = Math.random } = options;',
    good: 'const { random } = options;',
  },
  {
    rule: 'no setTimeout or setInterval outside its place',
    path: 'test/a.test.ts',
    bad: 'await new Promise((resolve) => setTimeout(resolve, 50));',
    good: 'clock.advance(50);',
  },
  {
    rule: 'no setImmediate or node:timers outside its place',
    path: 'src/inbox/receive.ts',
    bad: 'setImmediate(commit);',
    good: 'clock.afterTurn(commit);',
  },
  {
    rule: 'no setImmediate or node:timers outside its place',
    path: 'src/outbound/deadline.ts',
    bad: `import { setTimeout as pause } from 'node:timers/promises';`,
    good: `const timer = setTimeout(task, delayMs);`,
    goodPath: 'src/domain/clock.ts',
  },
  {
    rule: 'no performance.now, process.hrtime or AbortSignal.timeout outside its place',
    path: 'src/outbound/observation.ts',
    bad: 'const startedMs = performance.now();',
    good: 'const startedMs = clock.monotonicMs();',
  },
  {
    rule: 'no performance.now, process.hrtime or AbortSignal.timeout outside its place',
    path: 'src/services/slack/client.ts',
    bad: 'const signal = AbortSignal.timeout(5_000);',
    good: 'const signal = AbortSignal.timeout(5_000);',
    goodPath: 'src/cli/visitor.ts',
  },
  {
    rule: 'no random id, token or number outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: `import { randomUUID as id } from 'node:crypto';`,
    good: 'const id = context.entropy.uuid();',
  },
  {
    rule: 'no random id, token or number outside its place',
    path: 'src/http/request-id.ts',
    bad: 'return globalThis.crypto.randomUUID();',
    good: `import { randomUUID } from 'node:crypto';`,
    goodPath: 'src/services/slack/emulator/index.ts',
  },
  {
    rule: 'no systemClock or systemEntropy outside its place',
    path: 'src/http/listen.ts',
    bad: `import { systemClock } from '#domain/clock.ts';`,
    good: `import { systemClock } from '#domain/clock.ts';`,
    goodPath: 'src/process/start.ts',
  },
  {
    rule: 'no fetch outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'await globalThis.fetch(url);',
    good: 'await app.fetch(request);',
  },
  {
    rule: 'no process.env outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'const port = process.env.PORT;',
    good: 'const port = process.env.PORT;',
    goodPath: 'src/configuration/environment.ts',
  },
  {
    rule: 'no sendAlert outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'void services.alerts.sendAlert({ severity, title, message });',
    good: `void raise(context, 'started', details);\nconst alerts = { async sendAlert(alert) {} };`,
  },
];
