import { legal, typeOf } from './documented.ts';

type Path = (string | number)[];

/** A fault of a value: what is wrong at `path`; undefined stands for a field that is absent. */
export interface Fault {
  path: Path;
  is: 'absent' | 'of another form' | 'too short' | 'too long';
  value?: unknown;
}

/** Every way in which a value can break the documented type `name` in one place. */
export function faultsOf(name: string, path: Path = []): Fault[] {
  const type = typeOf(name);
  if (type.kind === 'list') return [...faultsOfList(type, path), ...faultsOf(type.item, [...path, 0])];
  if (type.kind === 'fields') {
    const own: Fault[] = path.length === 0 ? [] : [{ path, is: 'of another form', value: 'text' }];
    return [...own, ...type.fields.flatMap((field) => faultsOfField(field, [...path, field.name]))];
  }
  const { scalar } = type;
  return 'illegal' in scalar ? [{ path, is: 'of another form', value: scalar.illegal }] : [];
}

function faultsOfField({ type, isRequired }: { type: string; isRequired: boolean }, path: Path): Fault[] {
  return [...(isRequired ? [{ path, is: 'absent' } as const] : []), ...faultsOf(type, path)];
}

function faultsOfList({ item, min, max }: { item: string; min: number; max: number }, path: Path): Fault[] {
  const tooLong = Array.from({ length: max + 1 }, () => legal(item, 'full'));
  return [
    { path, is: 'of another form', value: 'text' },
    ...(min > 0 ? [{ path, is: 'too short', value: [] } as const] : []),
    ...(max < 99 ? [{ path, is: 'too long', value: tooLong } as const] : []),
  ];
}

/** `value` with `fault` in it. */
export function withFault(value: unknown, { path, value: wrong }: Omit<Fault, 'is'>): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return wrong;
  if (Array.isArray(value))
    return value.map((item: unknown, index) =>
      index === step ? withFault(item, { path: rest, value: wrong }) : item,
    );
  const fields = value as Record<string, unknown>;
  return { ...fields, [step]: withFault(fields[step], { path: rest, value: wrong }) };
}
