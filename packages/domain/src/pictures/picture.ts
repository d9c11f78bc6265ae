import {
  cast,
  check,
  foreignKey,
  format,
  length,
  number,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import {
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  MEDIA_TYPE,
  MEDIA_TYPE_MESSAGE,
} from '../formats/index.ts'

/** A picture of a podcast or of one of its episodes besides the cover: apps take the one that fits what they show. */
export const Picture = schema(
  'pictures',
  {
    id: t.id(),
    podcastId: t.reference(),
    /** Null for the podcast's own. */
    episodeId: t.reference().nullable(),
    position: t.integer().default(0),
    url: t.string(),
    alt: t.string().nullable(),
    type: t.string().nullable(),
    /** What it is for, in words of the podcast namespace with spaces between them. */
    purpose: t.string().nullable(),
    /** `16/9` */
    aspectRatio: t.string().nullable(),
    width: t.integer().nullable(),
    height: t.integer().nullable(),
    ...timestamps(),
  },
  () => ({}),
  { tenant: 'podcastId' },
)
export type Picture = Row<typeof Picture>

const PICTURE_FIELDS = [
  'position',
  'url',
  'alt',
  'type',
  'purpose',
  'aspectRatio',
  'width',
  'height',
] as const

const ASPECT_RATIO = /^\d{1,5}(?:\.\d{1,3})?\/\d{1,5}(?:\.\d{1,3})?$/

export function pictureChangeset(picture: Picture, params: Params): Changeset<typeof Picture> {
  return check(
    cast(picture, params, PICTURE_FIELDS),
    required('url'),
    format('url', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    length('alt', { max: 1000 }),
    length('purpose', { max: 128 }),
    format('type', MEDIA_TYPE, MEDIA_TYPE_MESSAGE),
    format('aspectRatio', ASPECT_RATIO, 'must be as 16/9'),
    number('width', { atLeast: 1, atMost: 100_000 }),
    number('height', { atLeast: 1, atMost: 100_000 }),
    foreignKey('podcastId'),
    foreignKey('episodeId'),
  )
}
