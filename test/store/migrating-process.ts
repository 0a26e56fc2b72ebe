// Migrates `DATABASE_URL` by the files in `DIRECTORY`, and writes each step on a line of its own.
import { migrate } from '#store/migrate.ts';

await migrate(process.env['DATABASE_URL'] ?? '', {
  directory: new URL(process.env['DIRECTORY'] ?? ''),
  onProgress: (progress) => process.stdout.write(`${JSON.stringify(progress)}\n`),
});
