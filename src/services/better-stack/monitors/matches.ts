/** The attributes that BetterStack spells in its own way. */
const caseless = new Set(['http_method']);
const addresses = new Set(['url', 'company_url']);
/** Lists whose order means nothing. */
const sets = new Set(['expected_status_codes', 'regions']);

/**
 * Whether an attribute holds what was declared. Only declared members count: BetterStack adds defaults, and ids to the
 * items of lists. An id may come as a number or as a string.
 */
export function matches(name: string, declared: unknown, actual: unknown): boolean {
  if (Array.isArray(declared)) return Array.isArray(actual) && listMatches(name, declared, actual);
  if (isRecord(declared))
    return (
      isRecord(actual) &&
      Object.entries(declared).every(
        ([member, value]) => isKnownById(member, actual) || matches(member, value, actual[member]),
      )
    );
  if (name.endsWith('_id')) return declared === actual || String(declared) === String(actual);
  if (typeof declared !== 'string' || typeof actual !== 'string') return declared === actual;
  if (caseless.has(name)) return declared.toLowerCase() === actual.toLowerCase();
  return declared === actual || (addresses.has(name) && sameAddress(declared, actual));
}

/** A person of an escalation may be answered by id alone: the address that was sent is then not there to compare. */
function isKnownById(member: string, actual: Record<string, unknown>): boolean {
  const hasId = actual['id'] !== undefined && actual['id'] !== null;
  return member === 'email' && hasId && (actual['email'] === undefined || actual['email'] === null);
}

/** Whether two addresses lead to the same place, such as with and without the slash after the host. */
export function sameAddress(left: unknown, right: unknown): boolean {
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  const [a, b] = [URL.parse(left), URL.parse(right)];
  return a !== null && b !== null && a.href === b.href;
}

function listMatches(name: string, declared: unknown[], actual: unknown[]): boolean {
  if (declared.length !== actual.length) return false;
  const inOrder = (list: unknown[]): unknown[] => (sets.has(name) ? list.toSorted() : list);
  const found = inOrder(actual);
  return inOrder(declared).every((value, index) => matches(name, value, found[index]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
