import type { z } from 'zod';
import type { Fault } from '#configuration/variables/fault.ts';
import type { variables } from './variables.ts';

/** A key without its other half, and what belongs to a bucket that is not named. */
export function fileStorageFaults(values: z.output<typeof variables>): Fault[] {
  const pairs = [
    ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
    ['S3_BACKUP_ACCESS_KEY_ID', 'S3_BACKUP_SECRET_ACCESS_KEY'],
  ] as const;
  const faults = pairs.flatMap(([id, secret]): Fault[] => {
    const isHalf = (values[id] === undefined) !== (values[secret] === undefined);
    const missing = values[id] === undefined ? id : secret;
    const other = values[id] === undefined ? secret : id;
    return isHalf ? [{ variable: missing, problem: `is required with ${other}` }] : [];
  });
  if (values.S3_BACKUP_BUCKET !== undefined && values.S3_UPLOADS_BUCKET === undefined)
    faults.push({ variable: 'S3_UPLOADS_BUCKET', problem: 'is required with S3_BACKUP_BUCKET' });
  return faults;
}
