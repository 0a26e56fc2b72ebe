const atOnce = 16;

/** Runs `task` for each, 16 at once. */
export async function each<Item>(
  items: readonly Item[],
  task: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  async function work(): Promise<void> {
    for (const [index, item] of queue) await task(item, index);
  }
  await Promise.all(Array.from({ length: atOnce }, work));
}
