/** One request of a program, as the documentation shows it and the tests send it. */
export interface Step {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1, with what earlier answers said: `$EPISODE`, `$UPLOAD`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: object
  /** The name of a file that is sent as it is. */
  readonly file?: string
  /** What of the answer later steps need, and by what name. */
  readonly keeps?: { readonly name: string; readonly field: string }
}

/** From a build of an episode to one that is out. */
export const CI_FLOW: readonly Step[] = [
  { operation: 'getToken', method: 'GET', path: '/token' },
  {
    operation: 'createEpisode',
    method: 'POST',
    path: '/podcasts/local-time/episodes',
    headers: { 'Idempotency-Key': 'build-1042' },
    json: {
      title: 'The lamp on the breakwater',
      summary: 'Who lights it, and by which clock.',
      notes: 'With thanks to the harbour office.',
      guests: ['maud-ferrier'],
      topics: ['tides'],
    },
    keeps: { name: 'EPISODE', field: 'id' },
  },
  {
    operation: 'putAudio',
    method: 'PUT',
    path: '/desk/episodes/$EPISODE/audio?name=the-lamp.mp3',
    headers: { 'Content-Type': 'audio/mpeg' },
    file: 'the-lamp.mp3',
    keeps: { name: 'UPLOAD', field: 'id' },
  },
  { operation: 'getUpload', method: 'GET', path: '/desk/uploads/$UPLOAD' },
  {
    operation: 'putChapters',
    method: 'PUT',
    path: '/desk/episodes/$EPISODE/chapters',
    json: {
      chapters: [
        { startSeconds: 0, title: 'The breakwater' },
        { startSeconds: 1.5, title: 'The lamp' },
      ],
    },
  },
  {
    operation: 'putTranscript',
    method: 'PUT',
    path: '/desk/episodes/$EPISODE/transcript?language=en',
    headers: { 'Content-Type': 'text/vtt' },
    file: 'the-lamp.vtt',
  },
  {
    operation: 'updateEpisode',
    method: 'PATCH',
    path: '/desk/episodes/$EPISODE',
    json: { subtitle: 'And why it is never late' },
  },
  { operation: 'getDeskEpisode', method: 'GET', path: '/desk/episodes/$EPISODE' },
  {
    operation: 'publishEpisode',
    method: 'PUT',
    path: '/desk/episodes/$EPISODE/publication',
    json: {},
  },
  {
    operation: 'unpublishEpisode',
    method: 'DELETE',
    path: '/desk/episodes/$EPISODE/publication',
  },
]

/** A request as somebody types it. */
export function curlOf(base: string, step: Step): string {
  const { method, path, headers = {}, json, file } = step
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "${base}${path}"`,
    '-H "Authorization: Bearer $TOKEN"',
    ...Object.entries(headers).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(json ? ['-H "Content-Type: application/json"', `-d '${JSON.stringify(json)}'`] : []),
    ...(file === undefined ? [] : [`--data-binary @${file}`]),
  ]
  return parts.join(' \\\n  ')
}
