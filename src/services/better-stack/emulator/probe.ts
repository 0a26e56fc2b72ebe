import { request } from 'undici';
import type { EmulatedMonitor } from './shapes.ts';

const bodyBytesMax = 1_048_576;

/** Why a check failed; undefined when it succeeded. */
export type ProbeResult = { cause: string | undefined } | 'not probed';

/**
 * Checks a monitor once, as BetterStack does from outside. Only addresses of this machine: the sandbox calls nobody
 * else. Types that are no HTTP are not probed.
 */
export async function probe(monitor: EmulatedMonitor): Promise<ProbeResult> {
  const { url, http_method: method, request_timeout: timeoutSeconds } = monitor;
  if (!isOnThisMachine(url) || !['get', 'head', 'post'].includes(method)) return 'not probed';
  try {
    const { statusCode, body } = await request(url, {
      method: method.toUpperCase() as 'GET' | 'HEAD' | 'POST',
      headers: { 'user-agent': 'Better Stack Better Uptime Bot (emulator)', accept: '*/*' },
      signal: AbortSignal.timeout(timeoutSeconds * 1_000),
    });
    let text = '';
    for await (const chunk of body.setEncoding('utf8')) {
      text += String(chunk);
      if (text.length > bodyBytesMax) break;
    }
    return judged(monitor, statusCode, text);
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { cause: isLate ? `Timeout after ${timeoutSeconds} s` : 'Connection failed' };
  }
}

function judged(monitor: EmulatedMonitor, status: number, text: string): ProbeResult {
  const { monitor_type: type, required_keyword: keyword, expected_status_codes: expected } = monitor;
  switch (type) {
    case 'keyword':
      return { cause: text.includes(keyword ?? '') ? undefined : `Keyword not found (status ${status})` };
    case 'keyword_absence':
      return { cause: text.includes(keyword ?? '') ? 'Keyword found' : undefined };
    case 'expected_status_code':
      return { cause: expected.includes(status) ? undefined : `Status ${status}` };
    case 'status':
      return { cause: status >= 200 && status < 300 ? undefined : `Status ${status}` };
    case 'ping':
    case 'tcp':
      return 'not probed';
  }
}

function isOnThisMachine(url: string): boolean {
  const address = URL.parse(url);
  return (
    address !== null &&
    /^https?:$/.test(address.protocol) &&
    /^(localhost|127\.0\.0\.1)$/.test(address.hostname)
  );
}
