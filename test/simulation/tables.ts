import type { Engine } from './engine.ts';

const resting = 'simulation.triggers_rest';

/**
 * Lets the tables be wiped although triggers keep their rows: a trigger's function does nothing while a variable says
 * so. To become a replica, for which they do not fire either, would have every statement planned anew.
 */
export async function letTriggersRest(engine: Engine): Promise<void> {
  await engine.execute(`do $do$ declare trigger_function regprocedure; begin
    for trigger_function in select oid from pg_proc
      where pronamespace = 'public'::regnamespace and prorettype = 'trigger'::regtype
    loop
      execute regexp_replace(pg_get_functiondef(trigger_function), '\\mbegin\\M',
        $$begin if current_setting('${resting}', true) = 'on' then return coalesce(new, old); end if;$$);
    end loop;
  end $do$`);
}

interface Sequence {
  name: string;
  value: string;
  isCalled: boolean;
}

/** All tables of the database, and how a stage finds them. */
export class Tables {
  readonly #engine: Engine;
  readonly #names: readonly string[];

  private constructor(engine: Engine, names: readonly string[]) {
    this.#engine = engine;
    this.#names = names;
  }

  static async of(engine: Engine): Promise<Tables> {
    const rows = await engine.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    return new Tables(
      engine,
      rows.map(({ name }) => name),
    );
  }

  async wipe(): Promise<void> {
    await this.#engine.execute(`set session_replication_role = replica;
      truncate ${this.#names.join(', ')} restart identity cascade;
      set session_replication_role = origin`);
  }

  /** Copies the rows of all tables into a schema; returns how to put them back. */
  async copyInto(schema: string): Promise<() => Promise<void>> {
    const engine = this.#engine;
    await engine.execute(`create schema ${schema}`);
    const filled: string[] = [];
    for (const name of this.#names) {
      await engine.execute(`create table ${schema}.${name} as table public.${name}`);
      const count = await engine.number(`select count(*)::integer as value from ${schema}.${name}`);
      if (count !== 0) filled.push(name);
    }
    const copies = await Promise.all(filled.map((name) => this.#copying(schema, name)));
    const sequences = await this.#sequences();
    return async () => {
      const used = [...new Set([...engine.filled, ...filled])].sort();
      engine.change(transactionOf([atOnce(used.map((name) => `delete from ${name}`)), ...sequences]));
      engine.change(`vacuum ${used.join(', ')}`);
      engine.change(transactionOf([atOnce(copies)]));
      engine.filled.clear();
      for (const name of filled) engine.filled.add(name);
    };
  }

  async #copying(schema: string, table: string): Promise<string> {
    const columns = await this.#engine.rows<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'public'
       and table_name = '${table}' and is_generated = 'NEVER' order by ordinal_position`,
    );
    const list = columns.map(({ name }) => `"${name}"`).join(', ');
    return `insert into public.${table} (${list}) overriding system value select ${list} from ${schema}.${table}`;
  }

  /** Statements that put each sequence back to where it is now. */
  async #sequences(): Promise<string[]> {
    const sequences = await this.#engine.rows<Sequence>(
      `select sequencename as name, coalesce(last_value, start_value)::text as value,
         last_value is not null as "isCalled" from pg_sequences where schemaname = 'public' order by 1`,
    );
    return sequences.map(({ name, value, isCalled }) => `select setval('${name}', ${value}, ${isCalled})`);
  }
}

/** Changes as one statement, after which the references between tables hold again, whatever their order. */
function atOnce(changes: readonly string[]): string {
  return `with ${changes.map((change, index) => `change_${index} as (${change})`).join(', ')} select`;
}

function transactionOf(statements: readonly string[]): string {
  return ['begin', `set local ${resting} = on`, ...statements, 'commit'].join(';');
}
