/** Next calls this once, before it serves. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { initializeServices } = await import('./lib/services');
  const { endWithDrop } = await import('./lib/end');
  endWithDrop(await initializeServices());
}
