import { type Changeset } from '@showrunner/data'
import { type Episode, EPISODE_TYPES } from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../../addresses.ts'
import { formOf, typed } from '../../admin/form.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type TakenDates } from './taken-dates.ts'

const { admin } = addresses

export interface NewEpisodePage extends FormPage {
  readonly taken: TakenDates
}

/** A draft begins with little: the podcast knows the rest. */
export function newEpisodePage(
  frame: AdminFrame,
  podcast: Podcast,
  latest: readonly Episode[],
  changeset: Changeset<typeof Episode>,
  taken: TakenDates,
): NewEpisodePage {
  const form = formOf(changeset)
  const fields = [
    form.text('title', { label: 'Title', cutAfter: 60 }),
    form.text('slug', {
      label: 'Slug',
      width: 'short',
      help: 'Its part of the address. Left empty it is made from the title.',
    }),
    form.text('number', { label: 'Number', type: 'number', width: 'short', step: 'any' }),
    form.choice('type', {
      label: 'Kind',
      options: EPISODE_TYPES.map((value) => ({ value, label: value })),
    }),
    {
      kind: 'choice',
      id: 'f-sponsorsOf',
      name: 'sponsorsOf',
      label: 'Sponsors',
      help: null,
      errors: [],
      required: false,
      value: typed(changeset, 'sponsorsOf') ?? '',
      options: [
        { value: '', label: 'None yet' },
        ...latest.map(({ id, title }) => ({ value: String(id), label: `As in “${title}”` })),
      ],
    } as const,
  ]
  const help =
    'The draft has the hosts and topics of the podcast, and the outline of its show notes.'

  const page = formPage(frame, changeset, [{ title: 'Episode', help, fields }], {
    action: admin.episodes(podcast.id),
    save: 'Create draft',
    cancelHref: admin.episodes(podcast.id),
  })
  return { ...page, taken }
}
