import { type AnyChangeset, type Changeset } from '@showrunner/data'
import {
  ALTERNATE_LINES,
  type Episode,
  EpisodeAlternate,
  type EpisodeSheet,
  INTEGRITY_TYPES,
} from '@showrunner/domain/episodes'
import { Picture } from '@showrunner/domain/pictures'
import { type RowsField } from '../../admin/field.ts'
import { type Form } from '../../admin/form.ts'
import { linesField } from '../../admin/lines-field.ts'
import { rowsOf } from '../../admin/rows.ts'

/** The pictures of a podcast or an episode besides its cover. */
export function picturesField(
  changeset: AnyChangeset,
  stored: readonly Picture[],
  help: string,
): RowsField {
  return rowsOf(changeset, 'pictures', {
    label: 'Pictures besides the cover',
    help,
    add: 'Add a picture',
    empty: 'No pictures besides the cover.',
    sortable: true,
    target: Picture,
    stored,
    fields: (form) => [
      form.text('url', { label: 'Address of the picture', width: 'short' }),
      form.text('purpose', {
        label: 'What it is for',
        width: 'short',
        help: 'artwork, social, canvas, banner, publisher, circular; or an app’s own word. With spaces between them.',
      }),
      form.text('alt', {
        label: 'What is seen on it',
        width: 'short',
        help: 'For those who do not see it.',
      }),
      form.text('aspectRatio', { label: 'Width to height', width: 'brief', help: 'As 16/9.' }),
      form.text('width', { label: 'Width', type: 'number', width: 'brief', help: 'In pixels.' }),
      form.text('height', { label: 'Height', type: 'number', width: 'brief', help: 'In pixels.' }),
      form.text('type', {
        label: 'Media type of the picture',
        width: 'short',
        help: 'If it is not an ordinary picture: image/webp, video/mp4.',
      }),
    ],
  })
}

const INTEGRITY: Readonly<Record<string, string>> = {
  sri: 'Subresource integrity',
  'pgp-signature': 'PGP signature',
}

/** Of an imported one its feed may say any. */
function integrityOptions({ integrityType }: EpisodeAlternate) {
  const types = new Set<string>([...INTEGRITY_TYPES, ...(integrityType ? [integrityType] : [])])
  return [
    { value: '', label: 'None' },
    ...Array.from(types, (value) => ({ value, label: INTEGRITY[value] ?? value })),
  ]
}

/** The other files of an episode. */
export function alternatesField(
  sheet: Pick<EpisodeSheet, 'alternates'>,
  changeset: Changeset<typeof Episode>,
): RowsField {
  return rowsOf(changeset, 'alternates', {
    label: 'Other files',
    help: 'The same episode smaller, as video, in another language or to be got in another way: apps offer the choice.',
    add: 'Add a file',
    empty: 'No other files.',
    sortable: true,
    target: EpisodeAlternate,
    stored: sheet.alternates,
    fields: (form, row) => [...fileOf(form), ...detailsOf(form, row)],
  })
}

function fileOf(form: Form<typeof EpisodeAlternate>) {
  return [
    form.text('title', {
      label: 'What it is called',
      width: 'short',
      cutAfter: 32,
      help: 'As apps offer it: “Small”, “Video”.',
    }),
    form.text('type', {
      label: 'Media type of the file',
      width: 'short',
      help: 'audio/opus, audio/mpeg, video/mp4, application/x-mpegURL.',
    }),
    linesField(form.changeset, 'sources', ALTERNATE_LINES.sources, {
      label: 'Where the file lies',
      help: 'Its address; a line for each where it lies in several places, with a media type where that is another.',
      nameOf: form.nameOf,
    }),
  ]
}

function detailsOf(form: Form<typeof EpisodeAlternate>, row: EpisodeAlternate) {
  return [
    form.text('bytes', { label: 'Bytes', type: 'number', width: 'brief' }),
    form.text('bitrate', {
      label: 'Bits a second',
      type: 'number',
      width: 'brief',
      step: 'any',
    }),
    form.text('height', {
      label: 'Height of the video',
      type: 'number',
      width: 'brief',
      help: 'In pixels.',
    }),
    form.text('language', { label: 'Language', width: 'brief', help: 'As `en` or `pt-BR`.' }),
    form.text('codecs', { label: 'Codecs', width: 'short', help: 'As opus or avc1.4d401f.' }),
    form.text('rel', {
      label: 'Group',
      width: 'short',
      help: 'Files of one group say the same. Without a group: what the episode says.',
    }),
    form.box('isDefault', {
      label: 'It is the episode’s own file',
      help: 'The same recording, to be got in another way.',
    }),
    form.choice('integrityType', {
      label: 'Checksum',
      options: integrityOptions(row),
    }),
    form.text('integrityValue', {
      label: 'What the checksum is',
      width: 'short',
      help: 'As sha384-oqVuAf…',
    }),
  ]
}
