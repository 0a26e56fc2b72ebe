/** A route of the app's own, beside Drop's. */
export function GET(): Response {
  return new Response('the host answers');
}
