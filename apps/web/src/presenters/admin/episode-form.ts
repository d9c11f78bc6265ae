import { type Changeset, getField } from '@showrunner/data'
import {
  Chapter,
  type Episode,
  EPISODE_TYPES,
  EpisodeCredit,
  EpisodeGuest,
  EpisodeHost,
  EpisodeLink,
  type EpisodeSheet,
  EpisodeSponsor,
  EpisodeTopic,
} from '@showrunner/domain/episodes'
import { clockOf, reference } from '@showrunner/domain/rows'
import { localIn } from '@showrunner/domain/zones'
import { addresses } from '../../addresses.ts'
import { type RowsField } from '../../admin/field.ts'
import { type Form, formOf } from '../../admin/form.ts'
import { rowsOf } from '../../admin/rows.ts'
import { topicRows } from '../../admin/topic-rows.ts'
import { type Fieldset } from './form-page.ts'
import { episodeInApps } from './in-podcast-apps.ts'
import { groupOptions, personPicker } from './person-picker.ts'
import { momentLink } from './moment-link.ts'

const { admin } = addresses

const TYPES = { full: 'Full episode', trailer: 'Trailer', bonus: 'Bonus' } as const

/** Everything that is said of an episode, in the order in which it is thought of. */
export function episodeFieldsets(
  sheet: EpisodeSheet,
  changeset: Changeset<typeof Episode>,
  zone: string,
): readonly Fieldset[] {
  const form = formOf(changeset)
  return [
    { title: 'Words', fields: words(form, changeset, zone) },
    { title: 'People', fields: people(sheet, changeset) },
    {
      title: 'Topics and sponsors',
      fields: [topics(sheet, changeset), sponsors(sheet, changeset)],
    },
    { title: 'Chapters and links', fields: [chapters(sheet, changeset), links(sheet, changeset)] },
    { title: 'Details', fields: details(form) },
    episodeInApps(sheet, changeset),
  ]
}

function words(form: Form<typeof Episode>, changeset: Changeset<typeof Episode>, zone: string) {
  const recordedAt = getField(changeset, 'recordedAt')
  return [
    form.text('title', {
      label: 'Title',
      help: 'What it is about, without the number: apps show that beside it.',
      cutAfter: 60,
    }),
    form.text('subtitle', {
      label: 'Subtitle',
      help: 'One line that makes somebody curious; it does not say the title again.',
      cutAfter: 120,
    }),
    form.text('slug', {
      label: 'Slug',
      width: 'short',
      help: 'Its part of the address. Left empty it is made from the title; once published it stays.',
    }),
    form.moment('recordedAt', {
      label: 'Recorded',
      zone,
      value: recordedAt === null ? '' : localIn(recordedAt, zone).wallClock,
    }),
    form.longText('summary', {
      label: 'Summary',
      lines: 3,
      help: 'Plain text, a few sentences: what apps show in their lists.',
    }),
    form.longText('notes', {
      label: 'Show notes',
      lines: 12,
      markdown: true,
      help: 'Markdown. Links to what was spoken about, quotes, corrections. [Then](#t=1:02:03) leads to that moment.',
    }),
  ]
}

function people(sheet: EpisodeSheet, changeset: Changeset<typeof Episode>): readonly RowsField[] {
  return [
    rowsOf(changeset, 'episodeHosts', {
      label: 'Hosts',
      add: 'Add a host',
      empty: 'No hosts.',
      sortable: true,
      target: EpisodeHost,
      stored: sheet.episodeHosts,
      fields: (form, { id }) => [
        form.picker('personId', personPicker('Host', sheet.episodeHosts, id)),
        form.text('role', { label: 'Role', width: 'short' }),
      ],
    }),
    rowsOf(changeset, 'episodeGuests', {
      label: 'Guests',
      add: 'Add a guest',
      empty: 'No guests.',
      sortable: true,
      target: EpisodeGuest,
      stored: sheet.episodeGuests,
      fields: (form, { id }) => [
        form.picker('personId', personPicker('Guest', sheet.episodeGuests, id)),
        form.text('role', { label: 'Role', width: 'short' }),
      ],
    }),
    rowsOf(changeset, 'credits', {
      label: 'Credits',
      help: 'Who helped to make it without being heard: producer, editor, artist.',
      add: 'Add a credit',
      empty: 'No credits.',
      sortable: true,
      target: EpisodeCredit,
      stored: sheet.credits,
      fields: (form, { id, personGroup }) => [
        form.picker('personId', personPicker('Person', sheet.credits, id)),
        form.text('role', { label: 'What they did', width: 'short' }),
        form.choice('personGroup', groupOptions(personGroup)),
      ],
    }),
  ]
}

function topics(sheet: EpisodeSheet, changeset: Changeset<typeof Episode>): RowsField {
  return topicRows(changeset, 'episodeTopics', {
    target: EpisodeTopic,
    field: 'topicId',
    stored: sheet.episodeTopics,
  })
}

function sponsors(sheet: EpisodeSheet, changeset: Changeset<typeof Episode>): RowsField {
  return rowsOf(changeset, 'episodeSponsors', {
    label: 'Sponsors',
    help: 'What is said here stays with the episode, whatever becomes of the sponsor.',
    add: 'Add a sponsor',
    empty: 'No sponsors.',
    sortable: true,
    target: EpisodeSponsor,
    stored: sheet.episodeSponsors,
    fields: (form, row) => {
      const sponsor = sheet.episodeSponsors.find(({ id }) => id === row.id)?.sponsor
      return [
        form.picker('sponsorId', {
          label: 'Sponsor',
          sentAs: 'sponsor',
          source: admin.sponsorsFor(sheet.podcastId),
          words: sponsor ? reference(sponsor.name, sponsor.slug) : null,
        }),
        form.text('title', { label: 'Words', width: 'short' }),
        form.text('linkUrl', { label: 'Link', type: 'url', width: 'short' }),
        form.text('startsMs', {
          label: 'From',
          width: 'brief',
          typedAs: timed('starts', row.startsMs),
        }),
        form.text('endsMs', { label: 'To', width: 'brief', typedAs: timed('ends', row.endsMs) }),
        form.longText('description', { label: 'What was said', lines: 2 }),
        ...momentLink(sheet, row.startsMs),
      ]
    },
  })
}

function chapters(sheet: EpisodeSheet, changeset: Changeset<typeof Episode>): RowsField {
  return rowsOf(changeset, 'chapters', {
    label: 'Chapters',
    help: 'Times as 1:02:03. They are put in order when they are saved.',
    add: 'Add a chapter',
    empty:
      'No chapters. They can be read from the audio file, from a list of markers or from a WAV as well.',
    target: Chapter,
    stored: sheet.chapters,
    fields: (form, row) => [
      form.text('startsMs', {
        label: 'Starts',
        width: 'brief',
        typedAs: timed('starts', row.startsMs),
      }),
      form.text('endsMs', { label: 'Ends', width: 'brief', typedAs: timed('ends', row.endsMs) }),
      form.text('title', { label: 'Title', width: 'short' }),
      form.text('linkUrl', { label: 'Link', type: 'url', width: 'short' }),
      form.text('imageUrl', { label: 'Picture', width: 'short' }),
      form.box('hidden', { label: 'Not listed' }),
      ...momentLink(sheet, row.startsMs),
    ],
  })
}

function links(sheet: EpisodeSheet, changeset: Changeset<typeof Episode>): RowsField {
  return rowsOf(changeset, 'links', {
    label: 'Links',
    add: 'Add a link',
    empty: 'No links.',
    sortable: true,
    target: EpisodeLink,
    stored: sheet.links,
    fields: (form) => [
      form.text('title', { label: 'Title', width: 'short' }),
      form.text('url', { label: 'Address', type: 'url', width: 'short' }),
    ],
  })
}

function details(form: Form<typeof Episode>) {
  return [
    form.choice('type', {
      label: 'Kind',
      options: EPISODE_TYPES.map((value) => ({ value, label: TYPES[value] })),
    }),
    form.choice('explicit', {
      label: 'Explicit language',
      options: [
        { value: '', label: 'As the podcast says' },
        { value: 'false', label: 'No' },
        { value: 'true', label: 'Yes' },
      ],
    }),
    form.text('number', { label: 'Number', type: 'number', width: 'short', step: 'any' }),
    form.text('numberDisplay', {
      label: 'Number as shown',
      width: 'short',
      help: 'Where it is not just the number: “12½”.',
    }),
    form.text('season', { label: 'Season', type: 'number', width: 'short' }),
    form.text('seasonName', { label: 'Name of the season', width: 'short' }),
    form.text('websiteUrl', {
      label: 'Page elsewhere',
      type: 'url',
      help: 'If the episode has its page on another site.',
    }),
    form.text('youtubeUrl', {
      label: 'Video on YouTube',
      help: 'Its address or its id: the page of the episode leads there.',
    }),
    form.text('keywords', { label: 'Keywords', help: 'With commas between them.' }),
    form.box('featured', {
      label: 'Recommend it',
      help: 'On the page of what is recommended of the podcast: where to begin.',
    }),
    form.box('tagAudio', {
      label: 'Write title, cover and chapters into the audio file',
      help: 'For players that read the file alone. MP3 only.',
    }),
    form.box('blocked', {
      label: 'Keep it out of directories',
      help: 'Apple and others leave it out; the feed and the site still have it.',
    }),
  ]
}

function timed(sentAs: string, ms: number | null) {
  return { sentAs, shown: clockOf(ms) }
}
