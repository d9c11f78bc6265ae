import { type Changeset, getField } from '@showrunner/data'
import * as podcasts from '@showrunner/domain/podcasts'
import { PLACEHOLDERS } from '@showrunner/domain/youtube'
import { type ChoiceField, type RowsField } from '../../admin/field.ts'
import { type Form, formOf, idOf } from '../../admin/form.ts'
import { linesField } from '../../admin/lines-field.ts'
import { rowsOf } from '../../admin/rows.ts'
import { topicRows } from '../../admin/topic-rows.ts'
import { type Fieldset } from './form-page.ts'
import { podcastInApps } from './in-podcast-apps.ts'
import { groupOptions, personPicker } from './person-picker.ts'
import { pictureField } from './picture-field.ts'
import { PODCAST_STATUS_OPTIONS } from './podcast-tabs.ts'

type PodcastChangeset = Changeset<typeof podcasts.Podcast>

/** Everything that is said of a podcast. */
export function podcastFieldsets(
  sheet: podcasts.PodcastSheet,
  changeset: PodcastChangeset,
): readonly Fieldset[] {
  const form = formOf(changeset)
  return [
    { title: 'Podcast', fields: words(form) },
    {
      title: 'People and topics',
      help: 'Hosts with an account work on its episodes, until they retire.',
      fields: [hosts(sheet, changeset), credits(sheet, changeset), topics(sheet, changeset)],
    },
    { title: 'Directories', fields: [...categories(changeset), ...directories(form)] },
    { title: 'Elsewhere', fields: [...elsewhere(form), funding(changeset)] },
    podcastInApps(sheet, changeset),
    { title: 'New episodes', fields: newEpisodes(form) },
  ]
}

function words(form: Form<typeof podcasts.Podcast>) {
  return [
    form.text('title', { label: 'Title' }),
    form.text('subtitle', { label: 'Subtitle' }),
    form.text('slug', {
      label: 'Slug',
      width: 'short',
      help: 'Its address on this site. Once anybody can see it, it is changed by itself, below.',
    }),
    form.choice('status', {
      label: 'Status',
      options: PODCAST_STATUS_OPTIONS,
      help: 'Drafts and archived podcasts are seen by nobody outside.',
    }),
    form.longText('description', { label: 'Description', lines: 6, markdown: true }),
    form.text('position', {
      label: 'Place in the list',
      type: 'number',
      width: 'short',
      help: 'Small numbers come first.',
    }),
    form.text('colour', {
      label: 'Colour',
      width: 'short',
      help: 'Its accent, as #1f6feb. It is adapted until it can be read on light and dark.',
    }),
    ...pictureField('cover', 'podcast', form.changeset.row.id, form.changeset.row.coverUrl),
  ]
}

function hosts(sheet: podcasts.PodcastSheet, changeset: PodcastChangeset): RowsField {
  return rowsOf(changeset, 'podcastHosts', {
    label: 'Hosts',
    add: 'Add a host',
    empty: 'No hosts.',
    sortable: true,
    target: podcasts.PodcastHost,
    stored: sheet.podcastHosts,
    fields: (form, { id }) => [
      form.picker('personId', personPicker('Host', sheet.podcastHosts, id)),
      form.text('role', { label: 'Role', width: 'short' }),
      form.box('retired', {
        label: 'Retired',
        help: 'Named as a former host; works on it no more.',
      }),
    ],
  })
}

function credits(sheet: podcasts.PodcastSheet, changeset: PodcastChangeset): RowsField {
  return rowsOf(changeset, 'credits', {
    label: 'Credits',
    add: 'Add a credit',
    empty: 'No credits.',
    sortable: true,
    target: podcasts.PodcastCredit,
    stored: sheet.credits,
    fields: (form, { id, personGroup }) => [
      form.picker('personId', personPicker('Person', sheet.credits, id)),
      form.text('role', { label: 'What they do', width: 'short' }),
      form.choice('personGroup', groupOptions(personGroup)),
    ],
  })
}

function topics(sheet: podcasts.PodcastSheet, changeset: PodcastChangeset): RowsField {
  return topicRows(changeset, 'podcastTopics', {
    target: podcasts.PodcastTopic,
    field: 'topicId',
    stored: sheet.podcastTopics,
    help: 'Each new episode begins with them.',
  })
}

function categories(changeset: PodcastChangeset): readonly ChoiceField[] {
  const chosen = (getField(changeset, 'categories') ?? []).map(podcasts.categoryName)
  const names = [...new Set([...podcasts.CATEGORY_NAMES, ...chosen])]
  return Array.from({ length: podcasts.CATEGORIES_ON_SHEET }, (_, at) => {
    const name = `category[${at}]`
    return {
      kind: 'choice',
      id: idOf(name),
      name,
      label: at === 0 ? 'Category' : `Category ${at + 1}`,
      help: at === 0 ? 'The first one counts most; Apple wants at least one.' : null,
      errors: [],
      required: false,
      value: chosen[at] ?? '',
      options: [{ value: '', label: 'None' }, ...names.map((value) => ({ value, label: value }))],
    }
  })
}

function directories(form: Form<typeof podcasts.Podcast>) {
  return [
    form.text('author', {
      label: 'Author',
      help: 'As directories name it: a person or the network.',
    }),
    form.text('language', { label: 'Language', width: 'short', help: 'As `en` or `pt-BR`.' }),
    form.text('ownerName', { label: 'Owner', width: 'short' }),
    form.text('ownerEmail', {
      label: 'Owner’s address',
      type: 'email',
      width: 'short',
      help: 'Stands in the feed: directories write there to make sure that it is yours.',
    }),
    form.choice('kind', {
      label: 'Order',
      options: [
        { value: 'episodic', label: 'Newest first' },
        { value: 'serial', label: 'From the beginning' },
      ],
    }),
    form.text('keywords', { label: 'Keywords' }),
    form.text('copyright', { label: 'Copyright' }),
    form.box('explicit', { label: 'Explicit language' }),
    form.box('complete', { label: 'Complete: there will be no more episodes' }),
    form.box('locked', { label: 'Locked: other hosts must not import the feed' }),
    form.text('lockedOwner', {
      label: 'Who may have it unlocked',
      type: 'email',
      width: 'short',
      help: 'Stands in the feed beside the lock.',
    }),
    form.box('blocked', { label: 'Keep it out of directories' }),
  ]
}

function funding(changeset: PodcastChangeset) {
  return linesField(changeset, 'funding', podcasts.PODCAST_LINES.funding, {
    label: 'Support links',
    help: 'Where listeners can give something: address and words. The first one counts most.',
  })
}

function elsewhere(form: Form<typeof podcasts.Podcast>) {
  return [
    form.text('websiteUrl', { label: 'Website', type: 'url' }),
    form.text('appleUrl', { label: 'Apple Podcasts', type: 'url', width: 'short' }),
    form.text('spotifyUrl', { label: 'Spotify', type: 'url', width: 'short' }),
    form.text('youtubeUrl', { label: 'YouTube', type: 'url', width: 'short' }),
    form.text('vanityHost', {
      label: 'A host of its own',
      width: 'short',
      help: 'Whoever asks there is led to the pages here: localtime.example, and localtime.example/spotify to Spotify. Its DNS has to lead to this site.',
    }),
    form.text('newFeedUrl', {
      label: 'The feed has moved to',
      type: 'url',
      width: 'short',
      help: 'Apps follow it and forget this feed. Leave it empty unless the podcast moves away.',
    }),
  ]
}

const PLACES = Object.keys(PLACEHOLDERS)
  .map((name) => `{${name}}`)
  .join(' ')

function newEpisodes(form: Form<typeof podcasts.Podcast>) {
  return [
    form.longText('notesTemplate', {
      label: 'Outline of the show notes',
      lines: 6,
      markdown: true,
      help: 'What the notes of each new episode begin with.',
    }),
    form.longText('youtubeTemplate', {
      label: 'What stands below a video',
      lines: 6,
      help: `For the page where it is copied for YouTube. Left empty it is what is usual. Its parts: ${PLACES}. A paragraph whose parts are all empty is left out.`,
    }),
    form.box('takesRequests', { label: 'Listeners may ask for episodes' }),
  ]
}
