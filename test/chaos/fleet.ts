import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

interface Member {
  child: ChildProcess;
  /** Set while it listens. */
  url: string | undefined;
}

/** What each process of a fleet runs. */
export interface FleetProgram {
  /** A file of this folder. It writes a port, or anything else, to standard output when it works. */
  file: string;
  databaseUrl: string;
  /** Further variables. */
  environment?: Readonly<Record<string, string>>;
  /**
   * Whether a start may fail and is tried again, as the database goes away or does not answer in time. A process that
   * works never ends by itself.
   */
  startMayFail?: boolean;
}

/** The last characters of what a process wrote to standard error, to say why it ended. */
const saidMax = 2_000;

/** Processes that are killed, and replaced at once. */
export class Fleet {
  readonly #program: FleetProgram;
  readonly #members: Member[] = [];
  #arrival = Promise.withResolvers<undefined>();
  #isOver = false;
  /** Why a process ended that nobody killed. */
  readonly #faults: string[] = [];

  constructor(program: FleetProgram, size: number) {
    this.#program = program;
    for (let index = 0; index < size; index += 1) this.#members.push(this.#start());
  }

  get faults(): readonly string[] {
    return this.#faults;
  }

  get listening(): number {
    return this.#members.filter(({ url }) => url !== undefined).length;
  }

  /** The address of one that listens; waits until there is one. `choice` is from 0 up to 1. */
  async address(choice: number): Promise<string> {
    for (;;) {
      const urls = this.#members.flatMap(({ url }) => url ?? []);
      const url = urls[Math.floor(choice * urls.length)];
      if (url !== undefined) return url;
      await this.#arrival.promise;
    }
  }

  /** Waits until so many listen. */
  async atLeast(count: number): Promise<void> {
    while (this.listening < count) await this.#arrival.promise;
  }

  /** Kills one, at whatever it does, and starts another in its place. */
  kill(choice: number): void {
    const index = Math.floor(choice * this.#members.length);
    this.#members[index]?.child.kill('SIGKILL');
    this.#members[index] = this.#start();
  }

  async end(): Promise<void> {
    this.#isOver = true;
    const ended = this.#members.map(async ({ child }) => {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    });
    for (const { child } of this.#members) child.kill('SIGKILL');
    await Promise.all(ended);
  }

  #start(): Member {
    const { file, databaseUrl, environment, startMayFail = false } = this.#program;
    const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
      env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const member: Member = { child, url: undefined };
    createInterface({ input: child.stdout }).once('line', (port) => {
      if (child.signalCode !== null || child.killed) return;
      member.url = `http://127.0.0.1:${port}/api/openbanking/webhook`;
      this.#arrival.resolve(undefined);
      this.#arrival = Promise.withResolvers<undefined>();
    });
    let said = '';
    child.stderr.on('data', (chunk) => (said = `${said}${String(chunk)}`.slice(-saidMax)));
    child.once('exit', (code, signal) => {
      if (this.#isOver || signal === 'SIGKILL') return;
      const mayEnd = member.url === undefined && startMayFail;
      if (!mayEnd) this.#faults.push(`a process ended by itself: ${code ?? signal}\n${said}`);
      const index = this.#members.indexOf(member);
      if (index >= 0) this.#members[index] = this.#start();
    });
    return member;
  }
}
