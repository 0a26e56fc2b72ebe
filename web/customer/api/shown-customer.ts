import { requestFor } from '#kit/api/client.ts';
import { attempt } from '../shell/attempt.ts';

const channelName = 'drop-customer';

/** Notes whose data this page shows from now on, for its requests and for Drop's other tabs in this browser. */
export function noteCustomer(id: string): void {
  requestFor(id);
  attempt(() => {
    const channel = new BroadcastChannel(channelName);
    channel.postMessage(id);
    channel.close();
  });
}

/** Runs `onShown` with the id of the customer whenever another tab has read whose data it shows. */
export function onCustomerShown(onShown: (id: unknown) => void): void {
  attempt(() => {
    const channel = new BroadcastChannel(channelName);
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => onShown(data));
  });
}
