// A process that Drop is mounted in, without a listener. `SIGUSR1` has it send an alert of its own; `SIGTERM` ends it.
import { mountDrop } from 'drop/mount';

const drop = await mountDrop();
const own = {
  severity: 'warning',
  title: 'The host is full',
  message: 'For fnr 01815000117 no room is left.',
} as const;
process.on('SIGUSR1', () => void drop.sendAlert(own).then(() => process.stdout.write('told\n')));
process.once('SIGTERM', () => void drop.close('SIGTERM').then(() => process.exit(0)));
process.stdout.write('Drop is at no port\n');
