/** What is more in one request is not read. */
const MOST_MESSAGES = 100

/** The messages of a request: one, or a line for each, of which those that are no JSON are bytes in base64. */
export function postedMessages(
  contentType: string | undefined,
  body: string,
): readonly (string | Buffer)[] {
  if (!contentType?.startsWith('application/x-ndjson')) return [body]
  return body
    .split(/\r?\n/, MOST_MESSAGES)
    .filter((line) => line !== '')
    .map((line) => (/^[[{]/.test(line) ? line : Buffer.from(line, 'base64')))
}
