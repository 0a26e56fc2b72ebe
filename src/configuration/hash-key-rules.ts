import { plainKeyId } from '#domain/identity/national-identity-hash.ts';
import { splitHashKey } from './hash-keys.ts';
import type { CoreVariables } from './variables.ts';
import type { Fault } from './variables/fault.ts';

const hashKeyBytesMin = 32;

export function hashKeyFaults(core: CoreVariables): Fault[] {
  const variable = 'NATIONAL_ID_HASH_KEY';
  const key = core.NATIONAL_ID_HASH_KEY?.reveal();
  if (key === undefined) {
    if (core.NATIONAL_ID_HASH_PLAIN) return [];
    const problem =
      'is required: make one with "openssl rand -base64 32" (or set NATIONAL_ID_HASH_PLAIN=true to have none)';
    return [{ variable, problem }];
  }
  const isLongEnough = Buffer.from(key, 'base64').byteLength >= hashKeyBytesMin;
  return isLongEnough ? [] : [{ variable, problem: `must be base64 of at least ${hashKeyBytesMin} bytes` }];
}

export function formerHashKeyFaults(core: CoreVariables): Fault[] {
  const variable = 'NATIONAL_ID_HASH_FORMER_KEYS';
  const former = core.NATIONAL_ID_HASH_FORMER_KEYS?.map(splitHashKey) ?? [];
  const taken = [plainKeyId, ...(core.NATIONAL_ID_HASH_KEY ? [core.NATIONAL_ID_HASH_KEY_ID] : [])];
  const ids = [...taken, ...former.map(({ id }) => id)];
  const faults: Fault[] = [];
  const areKeys = former.every(
    ({ id, key }) => id !== '' && Buffer.from(key.reveal(), 'base64').byteLength >= hashKeyBytesMin,
  );
  if (!areKeys)
    faults.push({ variable, problem: `must be id:base64 of at least ${hashKeyBytesMin} bytes each` });
  if (new Set(ids).size < ids.length) {
    const problem = `must have ids that differ from each other, from NATIONAL_ID_HASH_KEY_ID and from ${plainKeyId}`;
    faults.push({ variable, problem });
  }
  return faults;
}
