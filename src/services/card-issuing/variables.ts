import { z } from 'zod';

/** None: cards are issued by the mock alone, which needs no key. */
export const variables = z.object({});
