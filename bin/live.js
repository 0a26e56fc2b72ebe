// The health check of a container: ends with 0 while the process answers on its internal listener. It reads none of
// Drop's files, since it runs every few seconds. Ports as in docs/configuration.md.
const port = process.env.INTERNAL_PORT || Number(process.env.PORT || 3000) + 10_000;
const answerMsMax = 4_000;

try {
  const address = `http://127.0.0.1:${port}/api/health/live`;
  const { status } = await fetch(address, { signal: AbortSignal.timeout(answerMsMax) });
  process.exitCode = status === 200 ? 0 : 1;
} catch {
  process.exitCode = 1;
}
