import { alertText, type RaisedAlert } from '#domain/alert-text.ts';

/**
 * The text of an alert, in Slack's mrkdwn: its three control characters are escaped. Unescaped, `<!channel>` in an
 * error message would notify the whole channel, and `<https://…|text>` would disguise a link.
 */
export function toSlackText(environment: string, raised: RaisedAlert): string {
  return alertText(environment, raised)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
