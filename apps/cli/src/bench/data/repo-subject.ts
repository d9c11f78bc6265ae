import {
  build,
  cast,
  check,
  createRepo,
  exclusion,
  format,
  from,
  length,
  number,
  required,
  schema,
  t,
  timestamps,
  unique,
  type Params,
  type Repo,
  type Row,
} from '@showrunner/data'
import { Episode, published } from '@showrunner/domain/episodes'
import {
  beforeHundred,
  CONNECTIONS,
  episodeOf,
  noteOf,
  notesTable,
  type Subject,
} from './subject.ts'

const Note = schema(notesTable('repo'), {
  id: t.id(),
  podcastId: t.reference(),
  slug: t.string(),
  title: t.string(),
  subtitle: t.string().nullable(),
  body: t.string().nullable(),
  type: t.enum(['full', 'bonus', 'trailer']).default('full'),
  number: t.integer().nullable(),
  explicit: t.boolean().default(false),
  publishedAt: t.datetime().nullable(),
  ...timestamps(),
})
type Note = Row<typeof Note>

/** A form of eight fields and six rules, as those of the site. */
function noteChangeset(note: Note, params: Params) {
  return check(
    cast(note, params, [
      'slug',
      'title',
      'subtitle',
      'body',
      'type',
      'number',
      'explicit',
      'publishedAt',
    ]),
    required('slug', 'title'),
    format('slug', /^[a-z0-9-]+$/),
    length('title', { max: 255 }),
    exclusion('slug', ['new', 'edit']),
    number('number', { greaterThan: 0 }),
    unique('slug'),
  )
}

export function repoSubject(url: string, inTurn: boolean): Subject {
  const repo = createRepo({ url, connections: CONNECTIONS, parallelPreloads: !inTurn }).unscoped()
  let notes: Note[] = []
  return {
    works: {
      get: (turn) => repo.getOrThrow(Episode, episodeOf(turn)),
      all: (turn) =>
        repo.all(
          from(Episode).where('id', '>', beforeHundred(turn)).orderBy({ id: 'asc' }).limit(100),
        ),
      // A form sends text.
      insert: (turn) => {
        const note = noteOf(turn)
        const sent = { ...note, number: String(turn), publishedAt: note.publishedAt.toISOString() }
        return repo.insertOrThrow(noteChangeset(build(Note, { podcastId: 1 }), sent))
      },
      async update(turn) {
        const at = turn % notes.length
        const note = notes[at]
        if (!note) throw new Error('there are no notes to update')
        const sent = { title: `Title ${turn}`, subtitle: `Subtitle ${turn}` }
        notes[at] = await repo.updateOrThrow(noteChangeset(note, sent))
      },
      page: (turn) => page(repo, episodeOf(turn), inTurn),
    },
    async prepare() {
      notes = await repo.all(from(Note).orderBy({ id: 'asc' }))
    },
    levels: (parents) =>
      repo.all(
        from(Episode)
          .where('id', '<=', parents)
          .orderBy({ id: 'asc' })
          .preload({ transcripts: [{ cues: ['person'] }] }),
      ),
  }
}

/** The tree of an episode's page, and its neighbours. */
async function page(repo: Repo, id: number, inTurn: boolean): Promise<unknown> {
  const found = await repo.getOrThrow(Episode, id)
  const tree = () =>
    repo.preload(found, 'podcast', 'hosts', 'guests', 'sponsors', 'topics', 'links')
  const others = published(from(Episode), new Date()).where({ podcastId: found.podcastId })
  const at = found.publishedAt ?? new Date()
  const previous = () =>
    repo.one(
      others
        .where(['publishedAt', 'id'], '<', [at, id])
        .orderBy({ publishedAt: 'desc', id: 'desc' })
        .limit(1),
    )
  const next = () =>
    repo.one(
      others
        .where(['publishedAt', 'id'], '>', [at, id])
        .orderBy({ publishedAt: 'asc', id: 'asc' })
        .limit(1),
    )
  return inTurn
    ? [await tree(), await previous(), await next()]
    : Promise.all([tree(), previous(), next()])
}
