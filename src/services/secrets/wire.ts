import { z } from 'zod';

/** The text of a secret: JSON with a text for each variable, as Secrets Manager's console writes it. */
export const secretTextSchema = z.record(z.string().regex(/^[A-Z][A-Z0-9_]{0,99}$/), z.string());
