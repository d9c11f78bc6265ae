import { build, change, type Changeset } from '@showrunner/data'
import { Chapter } from '@showrunner/domain/episodes'
import * as live from '@showrunner/domain/live'
import { clockOf } from '@showrunner/domain/rows'
import { localIn } from '@showrunner/domain/zones'
import { addresses } from '../../addresses.ts'
import { type Field } from '../../admin/field.ts'
import { type Form, formOf, type Problem, problemsOf } from '../../admin/form.ts'
import { timeCode } from '../durations.ts'
import { type Room, roomOf } from '../live-side.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { episodeTabs } from './episode-tabs.ts'
import { type Tab, type Tone } from './list-page.ts'
import { type ZonedMoment, zonedMoment } from './zoned-moment.ts'

const { admin } = addresses

/** Where a live show is planned, and made while it goes on. */
export interface LiveDeskPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly problems: readonly Problem[]
  readonly status: live.LiveStatus | null
  readonly badge: { readonly words: string; readonly tone: Tone } | null
  /** When it begins, began, or was over. */
  readonly moment: ZonedMoment | null
  readonly viewHref: string | null
  readonly plan: {
    readonly action: string
    readonly fields: readonly Field[]
    readonly save: string
  }
  /** While it goes on it is out of the way. */
  readonly isPlanOpen: boolean
  readonly cancel: string | null
  readonly begin: string | null
  readonly end: string | null
  readonly notes: NotesPart
  readonly chapters: ChaptersPart
  readonly chat: ChatPart | null
  /** Who is here, reactions and the chat, where scripts run. */
  readonly room: Room | null
  /** It is fetched anew when something changes, and what is typed stays. */
  readonly morphs: true
  readonly reactions: readonly string[]
}

interface NotesPart {
  readonly action: string | null
  readonly fields: readonly Field[]
  readonly list: readonly {
    readonly id: number
    readonly at: string | null
    readonly text: string
    readonly url: string | null
    readonly remove: string
  }[]
}

interface ChaptersPart {
  /** Nothing while it is not on air. */
  readonly action: string | null
  readonly fields: readonly Field[]
  readonly list: readonly { readonly at: string; readonly title: string }[]
}

interface ChatPart {
  readonly mute: string
  readonly unmute: string
  readonly messages: readonly {
    readonly name: string
    readonly text: string
    readonly remove: string
    /** Of who is not muted yet. */
    readonly personId: number | null
  }[]
  readonly muted: readonly {
    readonly name: string
    readonly personId: number
    readonly until: string
  }[]
}

/** What was refused, with what was typed. */
export interface RefusedLive {
  readonly plan?: Changeset<typeof live.LiveShow>
  readonly note?: Changeset<typeof live.LiveNote>
  readonly chapter?: Changeset<typeof Chapter>
}

interface Shown {
  readonly episode: live.EpisodeOfDesk
  readonly desk: live.LiveDesk
  readonly asOf: Date
  readonly zone: string
}

export function liveDesk(frame: AdminFrame, shown: Shown, refused: RefusedLive = {}): LiveDeskPage {
  const { episode, desk, zone } = shown
  const { id, podcastId, podcast, slug } = episode
  const status = desk.show ? live.liveStatus(desk.show) : null
  const plan = planFields(shown, refused.plan)
  const note = noteFields(formOf(refused.note ?? emptyNote(episode)))
  const chapter = chapterFields(formOf(refused.chapter ?? emptyChapter(episode)))
  return {
    frame,
    tabs: episodeTabs(frame, episode, 'live'),
    problems: problemsOf([...plan, ...note, ...chapter]),
    status,
    badge: status && BADGES[status],
    moment: desk.show ? zonedMoment(momentOf(desk.show), zone) : null,
    viewHref: desk.show ? addresses.episode(podcast.slug, slug) : null,
    plan: {
      action: admin.episodeLive(podcastId, id),
      fields: plan,
      save: desk.show ? 'Save' : 'Announce the show',
    },
    isPlanOpen: status !== 'live' || refused.plan !== undefined,
    cancel: status === 'pending' ? admin.cancelLive(podcastId, id) : null,
    begin: status === 'pending' ? admin.beginLive(podcastId, id) : null,
    end: status === 'live' ? admin.endLive(podcastId, id) : null,
    notes: {
      action: status === null ? null : admin.liveNotes(podcastId, id),
      fields: note,
      list: desk.notes.toReversed().map(({ id: noteId, atMs, text, url }) => ({
        id: noteId,
        at: atMs === null ? null : timeCode(atMs / 1000).figures,
        text,
        url,
        remove: admin.removeLiveNote(podcastId, id, noteId),
      })),
    },
    chapters: {
      action: status === 'live' ? admin.liveChapters(podcastId, id) : null,
      fields: chapter,
      list: desk.chapters.filter(({ hidden }) => !hidden).map(chapterRow),
    },
    chat: status === null ? null : chatPart(shown),
    room: status === null ? null : roomOf(id, admin.episodeLive(podcastId, id)),
    morphs: true,
    reactions: Object.entries(desk.reactions).map(([kind, count]) => `${kind} × ${count}`),
  }
}

const BADGES: Readonly<Record<live.LiveStatus, { readonly words: string; readonly tone: Tone }>> = {
  pending: { words: 'Announced', tone: 'waiting' },
  live: { words: 'On air', tone: 'good' },
  ended: { words: 'Over', tone: 'quiet' },
}

function momentOf({ startsAt, wentLiveAt, endedAt }: live.LiveShow): Date {
  return endedAt ?? wentLiveAt ?? startsAt
}

function planFields(
  { episode, desk, zone }: Shown,
  refused: Changeset<typeof live.LiveShow> | undefined,
): readonly Field[] {
  const form = formOf(refused ?? change(desk.show ?? live.draftLiveShow(episode)))
  const startsAt = desk.show?.startsAt
  return [
    form.moment('startsAt', {
      label: 'Begins',
      zone,
      value: startsAt ? localIn(startsAt, zone).wallClock : '',
    }),
    form.text('plannedMinutes', { label: 'Minutes it will take', type: 'number', width: 'brief' }),
    form.text('streamUrl', {
      label: 'Stream',
      type: 'url',
      help: 'The address of the sound or video itself (.m3u8, .mp3 …), which is played on the page; or of a page on YouTube or Twitch, to which the page leads.',
    }),
    form.box('startsItself', { label: 'Goes on air by itself when it begins' }),
    form.box('chatEnabled', { label: 'Listeners can chat beside it' }),
    form.text('slowModeSeconds', {
      label: 'Seconds between two messages of one person',
      type: 'number',
      width: 'brief',
      help: 'Slow mode, for when there are many. 0 is off.',
    }),
  ]
}

const emptyNote = ({ id, podcastId }: live.EpisodeOfDesk) =>
  change(build(live.LiveNote, { podcastId, episodeId: id, text: '' }))

const emptyChapter = ({ id, podcastId }: live.EpisodeOfDesk) =>
  change(build(Chapter, { podcastId, episodeId: id, startsMs: 0 }))

function noteFields(form: Form<typeof live.LiveNote>): readonly Field[] {
  return [
    form.longText('text', { label: 'Note', lines: 2 }),
    form.text('url', { label: 'Link', type: 'url' }),
  ]
}

function chapterFields(form: Form<typeof Chapter>): readonly Field[] {
  return [form.text('title', { label: 'Chapter that begins now', width: 'short' })]
}

function chapterRow({ startsMs, title }: Chapter): { readonly at: string; readonly title: string } {
  return { at: clockOf(startsMs), title: title ?? '' }
}

function chatPart({ episode, desk, zone }: Shown): ChatPart {
  const { id, podcastId } = episode
  const isMuted = new Set(desk.muted.map(({ personId }) => personId))
  return {
    mute: admin.muteInChat(podcastId, id),
    unmute: admin.unmuteInChat(podcastId, id),
    messages: desk.chat.toReversed().map((message) => ({
      name: message.person?.name ?? 'Somebody',
      text: message.text,
      remove: admin.removeChatMessage(podcastId, id, message.id),
      personId:
        message.personId !== null && !isMuted.has(message.personId) ? message.personId : null,
    })),
    muted: desk.muted.map(({ person, personId, until }) => ({
      name: person.name,
      personId,
      until: until ? `until ${zonedMoment(until, zone).words}` : 'until you let them',
    })),
  }
}
