import { type Activity, type ActivityChoices, type ActivityPage } from '@showrunner/domain/activity'
import { localIn } from '@showrunner/domain/zones'
import { moment } from '../dates.ts'
import { changeLines, type ChangeLine } from './activity-changes.ts'
import { activityHref, sentenceOf } from './activity-words.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type ListFilter, type Tab } from './list-page.ts'
import { type LocalWords } from './local-moment.ts'
import { zonedMoment } from './zoned-moment.ts'
import { en } from '../../words/index.ts'

/** What was done, day by day. */
export interface ActivityView extends AdminPage {
  readonly intro: string
  readonly address: string
  readonly tabs: readonly Tab[]
  readonly filters: readonly ListFilter[]
  readonly days: readonly ActivityDay[]
  readonly empty: string
  readonly olderHref: string | null
  readonly newestHref: string | null
}

export interface ActivityDay {
  readonly title: string
  readonly id: string
  readonly entries: readonly ActivityEntry[]
}

export interface ActivityEntry {
  readonly who: string
  /** The administrator who acted in their name. */
  readonly through: string | null
  /** `changed the episode` */
  readonly did: string
  readonly title: string
  readonly href: string | null
  readonly at: LocalWords
  /** `09:41` */
  readonly time: string
  /** `Title, Slug` */
  readonly summary: string
  readonly lines: readonly ChangeLine[]
}

/** What was chosen of the filters. */
export interface ActivityAsked {
  readonly person: number | undefined
  readonly kind: string | undefined
  readonly before: number | undefined
}

interface ActivityWords {
  readonly address: string
  readonly intro: string
  readonly zone: string
  readonly tabs?: readonly Tab[]
  /** Of one thing there is one kind. */
  readonly isOfOneThing?: boolean
}

export function activityView(
  frame: AdminFrame,
  { activities, next }: ActivityPage,
  choices: ActivityChoices,
  asked: ActivityAsked,
  { address, intro, zone, tabs = [], isOfOneThing = false }: ActivityWords,
): ActivityView {
  const isNarrowed = asked.person !== undefined || asked.kind !== undefined
  return {
    frame,
    intro,
    address,
    tabs,
    filters: isOfOneThing ? [] : filtersFor(choices, asked),
    days: daysOf(activities, zone),
    empty: isNarrowed ? 'Nothing like this was done.' : 'Nothing was done yet.',
    olderHref: next === undefined ? null : hrefOf(address, { ...asked, before: next }),
    newestHref:
      asked.before === undefined ? null : hrefOf(address, { ...asked, before: undefined }),
  }
}

function filtersFor({ people, types }: ActivityChoices, asked: ActivityAsked): ListFilter[] {
  return [
    {
      name: 'person',
      label: 'By whom',
      value: String(asked.person ?? ''),
      options: [
        { value: '', label: 'Anybody' },
        ...people.map(({ id, name }) => ({ value: String(id), label: name })),
      ],
    },
    {
      name: 'kind',
      label: 'Of what kind',
      value: asked.kind ?? '',
      options: [
        { value: '', label: 'Anything' },
        ...types.map((type) => ({
          value: type,
          label: `${type[0]?.toUpperCase()}${type.slice(1)}`,
        })),
      ],
    },
  ]
}

function hrefOf(address: string, asked: ActivityAsked): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined) search.set(name, String(value))
  }
  return search.size === 0 ? address : `${address}?${search.toString()}`
}

function daysOf(activities: readonly Activity[], zone: string): readonly ActivityDay[] {
  const days = Map.groupBy(activities, ({ at }) => localIn(at, zone).wallClock.slice(0, 10))
  return [...days].map(([day, entries]) => ({
    title: moment(new Date(`${day}T00:00:00Z`), en).long,
    id: `day-${day}`,
    entries: entries.map((activity) => entryOf(activity, zone)),
  }))
}

function entryOf(activity: Activity, zone: string): ActivityEntry {
  const lines = changeLines(activity, zone)
  return {
    who: activity.personName ?? 'The program',
    through: activity.masqueraderName ?? activity.via,
    did: sentenceOf(activity),
    title: activity.subjectTitle,
    href: activityHref(activity),
    at: zonedMoment(activity.at, zone),
    time: localIn(activity.at, zone).wallClock.slice(11),
    summary: [...new Set(lines.map(({ label }) => label))].join(', '),
    lines,
  }
}
