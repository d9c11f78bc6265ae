import { type Account } from '@showrunner/domain/accounts'
import { type DraftInWork, type ShowToday } from '@showrunner/domain/dashboard'
import * as episodes from '@showrunner/domain/episodes'
import { blockersOf } from '@showrunner/domain/publishing'
import { addresses } from '../../addresses.ts'
import { sentenceOf } from './activity-words.ts'
import { mendAt } from './checklist.ts'
import { type NearMoment } from './near-moment.ts'

const { admin } = addresses

/** The podcasts somebody works on: those with something in work, and the others. */
export interface ShowsPart {
  readonly busy: readonly ShowPart[]
  readonly idle: readonly ShowPart[]
}

interface ShowPart {
  readonly title: string
  readonly href: string
  /** Where to begin an episode, for who may. */
  readonly newHref: string | null
  readonly drafts: readonly DraftLine[]
  readonly more: { readonly words: string; readonly href: string } | null
}

interface DraftLine {
  readonly title: string
  readonly href: string
  /** `Ada Byron changed it`; null, where nobody wrote that down. */
  readonly by: string | null
  readonly changed: NearMoment
  /** What stands in the way of publishing it, each with where it is mended. */
  readonly blockers: readonly { readonly message: string; readonly href: string }[]
  /** `5 things worth a look` */
  readonly warnings: string | null
  readonly publishHref: string
}

export function showsPart(
  actor: Account,
  shows: readonly ShowToday[],
  near: (date: Date) => NearMoment,
): ShowsPart {
  const parts = shows.map((show) => showPart(actor, show, near))
  return {
    busy: parts.filter(({ drafts }) => drafts.length > 0),
    idle: parts.filter(({ drafts }) => drafts.length === 0),
  }
}

function showPart(
  actor: Account,
  { podcast: { id, title }, drafts, moreDrafts }: ShowToday,
  near: (date: Date) => NearMoment,
): ShowPart {
  return {
    title,
    href: admin.episodes(id),
    newHref: episodes.may(actor, 'create', { podcastId: id }) ? admin.newEpisode(id) : null,
    drafts: drafts.map((draft) => draftLine(draft, near)),
    more:
      moreDrafts > 0
        ? {
            words: `${moreDrafts} more draft${moreDrafts === 1 ? '' : 's'}`,
            href: `${admin.episodes(id)}?stage=draft`,
          }
        : null,
  }
}

function draftLine(
  { episode, lastDone, missing }: DraftInWork,
  near: (date: Date) => NearMoment,
): DraftLine {
  const { id, podcastId, title, updatedAt } = episode
  const publishHref = admin.publishEpisode(podcastId, id)
  const blockers = blockersOf(missing)
  const warnings = missing.length - blockers.length
  return {
    title,
    href: admin.editEpisode(podcastId, id),
    by: lastDone
      ? `${lastDone.personName ?? 'The program'} ${sentenceOf(lastDone).replace(/ the episode$/, ' it')}`
      : null,
    changed: near(lastDone?.at ?? updatedAt),
    blockers: blockers.map(({ message, field }) => {
      const { href } = mendAt(episode, field)
      return { message, href: href.startsWith('#') ? publishHref + href : href }
    }),
    warnings: warnings === 0 ? null : `${warnings} thing${warnings === 1 ? '' : 's'} worth a look`,
    publishHref,
  }
}
