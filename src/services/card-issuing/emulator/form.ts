/** What a form holds: texts, lists and members, as Stripe's libraries nest them in names. */
export interface Form {
  [name: string]: string | Form;
}

const depthMax = 8;

/**
 * Reads `a=1&b[c]=2&d[0][e]=3` into `{ a: '1', b: { c: '2' }, d: { 0: { e: '3' } } }`. Source: docs.stripe.com/api,
 * "The API accepts form-encoded request bodies". Undefined for names that contradict each other or nest too deeply.
 */
export function readForm(text: string): Form | undefined {
  const form: Form = Object.create(null) as Form;
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = path.pop();
    if (last === undefined || path.length >= depthMax) return undefined;
    const parent = path.reduce<Form | undefined>(below, form);
    if (!parent || typeof parent[last] === 'object') return undefined;
    const place = name.endsWith('[]') ? `${Object.keys(parent).length}` : last;
    parent[place] = value;
  }
  return form;
}

function below(form: Form | undefined, name: string): Form | undefined {
  if (!form) return undefined;
  const next = (form[name] ??= Object.create(null) as Form);
  return typeof next === 'object' ? next : undefined;
}

/** The members of a list, whose names are the numbers of their places. */
export function itemsOf(value: string | Form | undefined): (string | Form)[] {
  return typeof value === 'object' ? Object.values(value) : [];
}

/** A member of a form by its path; undefined where it is not there or no text. */
export function textAt(form: Form, ...path: string[]): string | undefined {
  const found = path.reduce<string | Form | undefined>(
    (value, name) => (typeof value === 'object' ? value[name] : undefined),
    form,
  );
  return typeof found === 'string' && found !== '' ? found : undefined;
}
