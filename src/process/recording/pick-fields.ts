import { redactText } from '#domain/redaction.ts';

const textLengthMax = 200;
const listLengthMax = 20;

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Picks the named fields of `value`; undefined when it has none of them. Texts are truncated and redacted. */
export function pickFields(value: unknown, paths: readonly string[]): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.slice(0, listLengthMax).map((item) => pickFields(item, paths));
    return items.some((item) => item !== undefined) ? items.filter((item) => item !== undefined) : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const picked = [...byFirstName(paths)].flatMap(([name, rests]) => {
    const field = Object.hasOwn(value, name)
      ? pickField(value[name as keyof typeof value], rests)
      : undefined;
    return field === undefined ? [] : [[name, field] as const];
  });
  return picked.length > 0 ? Object.fromEntries(picked) : undefined;
}

function pickField(value: unknown, rests: readonly string[]): Json | undefined {
  return rests.includes('') ? scalar(value) : pickFields(value, rests);
}

function byFirstName(paths: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const [name = '', ...rest] = path.split('.');
    groups.set(name, [...(groups.get(name) ?? []), rest.join('.')]);
  }
  return groups;
}

/** A path that leads to an object picks nothing of it. */
function scalar(value: unknown): Json | undefined {
  if (typeof value === 'string') return redactText(value.slice(0, textLengthMax));
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (!Array.isArray(value)) return undefined;
  return value
    .slice(0, listLengthMax)
    .map(scalar)
    .filter((item) => item !== undefined);
}
