import {
  belongsTo,
  cast,
  check,
  foreignKey,
  format,
  getField,
  length,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import {
  endsAfterStart,
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from '../formats/index.ts'
import { Episode } from './episode.ts'

/** A part of an episode, in milliseconds from its start. */
export const Chapter = schema(
  'chapters',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    position: t.integer().default(0),
    startsMs: t.integer(),
    endsMs: t.integer().nullable(),
    title: t.string().nullable(),
    linkUrl: t.string().nullable(),
    imageUrl: t.string().nullable(),
    /** Not in the table of contents: it only changes the picture or the link. Such a one needs no title. */
    hidden: t.boolean().default(false),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type Chapter = Row<typeof Chapter>

const FIELDS = ['position', 'startsMs', 'endsMs', 'title', 'linkUrl', 'imageUrl', 'hidden'] as const

export function chapterChangeset(chapter: Chapter, params: Params): Changeset<typeof Chapter> {
  return check(
    cast(chapter, params, FIELDS),
    required('startsMs'),
    (changeset) =>
      getField(changeset, 'hidden') ? changeset : check(changeset, required('title')),
    length('title', { max: 255 }),
    endsAfterStart,
    format('linkUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('imageUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    foreignKey('episodeId'),
  )
}
