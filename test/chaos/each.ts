/** So many customers act at the same time. */
export const customersAtOnce = 16;

/** Runs `task` for each, a few at once. */
export async function each<Item>(
  items: readonly Item[],
  task: (item: Item, index: number) => Promise<void>,
  atOnce = customersAtOnce,
): Promise<void> {
  const queue = items.entries();
  async function work(): Promise<void> {
    for (const [index, item] of queue) await task(item, index);
  }
  await Promise.all(Array.from({ length: atOnce }, work));
}
