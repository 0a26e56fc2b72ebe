import { z } from 'zod';

/**
 * The same fields, each as it came. So an answer is read whose order stands beside its status and cannot be read: the
 * order is parsed afterwards, as a whole, and a part that cannot be read does not pass for one that is absent.
 */
export function unreadParts<Shape extends object>(
  shape: Shape,
): Record<keyof Shape, z.ZodOptional<z.ZodUnknown>> {
  const parts = Object.keys(shape).map((name) => [name, z.unknown().optional()]);
  return Object.fromEntries(parts) as Record<keyof Shape, z.ZodOptional<z.ZodUnknown>>;
}
