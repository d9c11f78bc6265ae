import { type Changeset, stateOf } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as podcasts from '@showrunner/domain/podcasts'
import { addresses } from '../../addresses.ts'
import { editing } from '../../channels/editing-channel.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage, type Removal } from './form-page.ts'
import { type Tab, type Tone } from './list-page.ts'
import { podcastFieldsets } from './podcast-form.ts'
import { podcastBadge, podcastTabs } from './podcast-tabs.ts'

const { admin } = addresses

/** The sheet of a podcast. */
export interface PodcastSheetPage extends FormPage {
  readonly tabs: readonly Tab[]
  readonly badge: { readonly words: string; readonly tone: Tone } | null
  /** How its address is changed once it is known; nothing before. */
  readonly slug: { readonly action: string; readonly value: string } | null
}

export function podcastPage(
  frame: AdminFrame,
  actor: Account,
  sheet: podcasts.PodcastSheet,
  changeset: Changeset<typeof podcasts.Podcast>,
): PodcastSheetPage {
  const { id, slug } = sheet
  const isNew = stateOf(sheet) === 'built'
  const isVisible = podcasts.PUBLIC_STATUSES.some((status) => status === sheet.status)
  const form = formPage(frame, changeset, podcastFieldsets(sheet, changeset), {
    action: isNew ? admin.podcasts : admin.editPodcast(id),
    save: isNew ? 'Create podcast' : 'Save',
    cancelHref: isNew ? admin.podcasts : admin.episodes(id),
    isWatched: !isNew,
    editing: editing('podcast', id),
    closes: !isNew,
    viewHref: !isNew && isVisible ? addresses.podcast(slug) : null,
    remove: isNew ? null : removal(actor, sheet),
  })

  return {
    ...form,
    tabs: isNew ? [] : podcastTabs(frame, actor, sheet, 'sheet'),
    badge: isNew ? null : podcastBadge(sheet),
    slug:
      !isNew && podcasts.isPodcastSlugFrozen(sheet)
        ? { action: admin.changePodcastSlug(id), value: slug }
        : null,
  }
}

function removal(actor: Account, sheet: podcasts.PodcastSheet): Removal | null {
  if (!podcasts.may(actor, 'delete', sheet)) return null
  return {
    action: admin.removePodcast(sheet.id),
    label: 'Delete podcast',
    question: `Delete “${sheet.title}”? That works as long as it has no episodes; after that it can be archived.`,
  }
}
