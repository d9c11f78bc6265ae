import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as episodes from '@showrunner/domain/episodes'
import { addresses } from '../../addresses.ts'
import { editingEpisode } from '../../channels/editing-channel.ts'
import { excerpt } from '../excerpts.ts'
import { type AdminFrame } from './admin-frame.ts'
import { episodeFieldsets } from './episode-form.ts'
import { episodeTabs, stageBadge } from './episode-tabs.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type Tab, type Tone } from './list-page.ts'
import { type TakenDates, takenDates } from './taken-dates.ts'

const { admin } = addresses

/** The sheet of an episode: everything that is said of it. */
export interface EpisodeSheetPage extends FormPage {
  readonly tabs: readonly Tab[]
  readonly badge: { readonly words: string; readonly tone: Tone }
  /** Whose wish it is. */
  readonly wish: { readonly words: string; readonly href: string } | null
  readonly taken: TakenDates
}

interface At {
  readonly zone: string
  readonly asOf: Date
  /** When this podcast records and releases. */
  readonly taken: readonly episodes.TakenDate[]
}

export function episodeSheetPage(
  frame: AdminFrame,
  actor: Account,
  sheet: episodes.EpisodeSheet,
  changeset: Changeset<typeof episodes.Episode>,
  { zone, asOf, taken }: At,
): EpisodeSheetPage {
  const { id, podcastId, slug, podcast, title } = sheet
  const isOut = episodes.stageOf(sheet, asOf) === 'published'
  const form = formPage(frame, changeset, episodeFieldsets(sheet, changeset, zone), {
    action: admin.editEpisode(podcastId, id),
    save: 'Save',
    cancelHref: admin.episodes(podcastId),
    isWatched: true,
    editing: editingEpisode(sheet),
    closes: true,
    viewHref: isOut ? addresses.episode(podcast.slug, slug) : null,
    remove: episodes.may(actor, 'delete', sheet)
      ? {
          action: admin.removeEpisode(podcastId, id),
          label: 'Delete draft',
          question: `Delete “${title}” with everything that belongs to it? It cannot be brought back.`,
        }
      : null,
  })

  return {
    ...form,
    tabs: episodeTabs(frame, sheet, 'sheet'),
    badge: stageBadge(sheet, asOf),
    wish: sheet.request && {
      words: excerpt(sheet.request.pitch, 120),
      href: admin.request(sheet.request.id),
    },
    taken: takenDates(taken, { zone, asOf }),
  }
}
