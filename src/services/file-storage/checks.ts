import type { ServiceCheck } from '#services/definition.ts';
import type { Bucket } from './bucket.ts';

/** No file of a user has this prefix, so the answer has none either. */
const prefix = 'doctor/';

/** Lists what does not exist in a bucket. Whether Drop may also write there is seen only by writing. */
export function bucketCheck(subject: string, bucket: Bucket): ServiceCheck {
  return {
    subject,
    async run() {
      await bucket.list(prefix, 1);
      return { severity: 'ok', text: 'the bucket answers, and accepts the key; nothing was written' };
    },
  };
}
