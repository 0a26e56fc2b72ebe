/** Watches which fields of an operation's answers are looked at while they are parsed. */
export interface AnswerWatch {
  /** The same JSON, every look at it noted. */
  watch(raw: unknown): unknown;
  /** The outermost fields that were there and that nothing looked at, each with an example of its type. */
  unread(): { path: string; example: string }[];
  /** Whether a field was looked for where it was absent; by its last name. */
  isAbsent(path: string): boolean;
}

export function createAnswerWatch(): AnswerWatch {
  const seen = new Map<string, string>();
  const read = new Set<string>();
  const absent = new Set<string>();
  const note = (path: string, isThere: boolean): void => void (isThere ? read : absent).add(path);
  return {
    watch(raw) {
      for (const [path, value] of fieldsIn(raw, '')) seen.set(path, typeNameOf(value));
      return watched(raw, '', note);
    },
    unread: () =>
      [...seen]
        .filter(([path]) => !read.has(path) && (parentOf(path) === '' || read.has(parentOf(path))))
        .map(([path, example]) => ({ path, example })),
    isAbsent: (path) => [...absent].some((each) => lastNameOf(each) === lastNameOf(path)),
  };
}

/** The fields of JSON by their paths; items of lists have the path of the list. */
function fieldsIn(raw: unknown, path: string): [string, unknown][] {
  if (Array.isArray(raw)) return raw.flatMap((item) => fieldsIn(item, path));
  if (typeof raw !== 'object' || raw === null) return [];
  return Object.entries(raw).flatMap(([name, value]) => {
    const below = pathTo(path, name);
    return [[below, value] as [string, unknown], ...fieldsIn(value, below)];
  });
}

function watched(raw: unknown, path: string, note: (path: string, isThere: boolean) => void): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  return new Proxy(raw, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || typeof value === 'function') return value;
      if (Array.isArray(target)) return watched(value, path, note);
      note(pathTo(path, name), Object.hasOwn(target, name));
      return watched(value, pathTo(path, name), note);
    },
  });
}

/** A name that is no plain word may hold data, such as an account number: it is not shown. */
function pathTo(path: string, name: string): string {
  const shown = /^[a-z_-]{1,60}\d?$/i.test(name) ? name : '<name>';
  return path === '' ? shown : `${path}.${shown}`;
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('.'), 0));
const lastNameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** What a value is, and nothing of it. */
export function typeNameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}
