// A provider at its fastest: answers everything with the same few bytes of JSON. Says its port in its first line.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const body = JSON.stringify({
  payment_id: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
  status: 'ACSP',
  final_status: false,
  payment_type: 'DOMESTIC',
  aspsp: { name: 'DNB', country: 'NO' },
  psu_id_hash: 'hash',
});

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-request-id': '7b0c1a52-3d52-4a1c-9f7e-0f6a4a9a4d1e',
  });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`));
