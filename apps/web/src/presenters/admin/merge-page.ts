import type * as people from '@showrunner/domain/people'
import { addresses } from '../../addresses.ts'
import { type PickerField } from '../../admin/field.ts'
import { counted, listOf } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { labelOf } from './activity-changes.ts'
import { roleWords } from './people.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

/** Somebody who is here twice: first with whom they are to be one, then what that means. */
export interface MergePage extends AdminPage {
  readonly address: string
  readonly picker: PickerField
  readonly plan: MergePlan | null
}

interface MergePlan {
  readonly gone: Side
  readonly kept: Side
  /** What moves, in words. */
  readonly moves: readonly string[]
  /** What else is to be known before. */
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  readonly swapHref: string
}

interface Side {
  readonly id: number
  readonly name: string
  readonly handle: string
  readonly href: string
  readonly detail: string
}

interface Planned {
  readonly kept: people.Person
  readonly preview: people.MergePreview
}

export function mergePage(
  frame: AdminFrame,
  gone: people.Person,
  asked: { readonly text: string; readonly error: string | null },
  planned?: Planned,
): MergePage {
  return {
    frame,
    address: admin.mergePerson(gone.id),
    picker: {
      kind: 'picker',
      id: 'f-into',
      name: 'into',
      label: 'Into whom',
      help: `Whoever you pick stays. ${gone.name} (${gone.handle}) becomes them.`,
      errors: asked.error === null ? [] : [asked.error],
      required: true,
      value: asked.text,
      source: admin.searchFor('people'),
      placeholder: 'Type to search',
    },
    plan: planned ? planOf(gone, planned) : null,
  }
}

function planOf(gone: people.Person, { kept, preview }: Planned): MergePlan {
  const { uses, filled } = preview
  const said = filled.filter((field) => field !== 'bioHtml' && field !== 'signedInAt')
  return {
    gone: sideOf(gone),
    kept: sideOf(kept),
    moves: uses.flatMap(movesOf),
    notes: [
      `${addresses.person(gone.handle)} leads to ${addresses.person(kept.handle)} from then on.`,
      ...(said.length > 0
        ? [`${kept.name} takes over what they do not say yet: ${listOf(said.map(wordOf), en)}.`]
        : []),
    ],
    warnings: warningsOf(gone, kept, preview),
    swapHref: admin.mergePersonInto(kept.id, `${gone.name} (${gone.handle})`),
  }
}

function wordOf(field: string): string {
  return field === 'email' ? 'address to sign in with' : labelOf(field).toLowerCase()
}

function sideOf(person: people.Person): Side {
  const { id, name, handle, email } = person
  return {
    id,
    name,
    handle,
    href: admin.person(id),
    detail: [email ?? 'no address', roleWords(person)?.toLowerCase() ?? 'no role'].join(' · '),
  }
}

function warningsOf(
  gone: people.Person,
  kept: people.Person,
  { filled, lostEmail, lostRoles, opened }: people.MergePreview,
): readonly string[] {
  const role = roleWords(kept)?.toLowerCase()
  return [
    ...(filled.includes('email')
      ? [
          `Whoever reads ${gone.email ?? ''} signs in as ${kept.name} from then on${role ? `, who is ${role}` : ''}.`,
        ]
      : []),
    ...(lostEmail === null
      ? []
      : [
          `Nobody signs in with ${lostEmail} any more; ${kept.name} does with ${kept.email ?? ''}.`,
        ]),
    ...(lostRoles.length > 0
      ? [
          `${gone.name} is ${roleWords(gone)?.toLowerCase() ?? ''}. Roles are not handed on: give them by hand.`,
        ]
      : []),
    ...(opened.length > 0
      ? [
          `${kept.name} is a host, and can work on ${listOf(
            opened.map(({ title }) => `“${title}”`),
            en,
          )} from then on.`,
        ]
      : []),
  ]
}

/** What points to people, in words. What only goes with them is not told of. */
const NOUNS: Readonly<Record<people.PointingName, readonly [one: string, several: string] | null>> =
  {
    'podcast_hosts.person_id': ['podcast as host', 'podcasts as host'],
    'podcast_credits.person_id': ['credit of a podcast', 'credits of podcasts'],
    'episode_hosts.person_id': ['episode as host', 'episodes as host'],
    'episode_guests.person_id': ['episode as guest', 'episodes as guest'],
    'episode_credits.person_id': ['credit of an episode', 'credits of episodes'],
    'transcript_cues.person_id': ['line of a transcript', 'lines of transcripts'],
    'posts.author_id': ['post they wrote', 'posts they wrote'],
    'posts.editor_id': ['post they edited', 'posts they edited'],
    'episode_requests.submitter_id': ['request', 'requests'],
    'request_messages.person_id': ['message about a request', 'messages about requests'],
    'news_items.author_id': ['news item about what they wrote', 'news items about what they wrote'],
    'news_items.submitter_id': ['news item they sent in', 'news items they sent in'],
    'news_items.logger_id': ['news item they wrote down', 'news items they wrote down'],
    'comments.author_id': ['comment', 'comments'],
    'comments.decided_by_id': ['comment they looked at', 'comments they looked at'],
    'commenters.person_id': ['standing as a commenter', 'standings as a commenter'],
    'commenters.decided_by_id': ['commenter they decided about', 'commenters they decided about'],
    'comment_follows.person_id': ['discussion they follow', 'discussions they follow'],
    'unwanted_comment_mails.person_id': [
      'kind of mails they do not want',
      'kinds of mails they do not want',
    ],
    'live_notes.person_id': ['note beside a live show', 'notes beside live shows'],
    'chat_messages.person_id': ['message in a chat', 'messages in chats'],
    'chat_messages.deleted_by_id': [
      'message they took out of a chat',
      'messages they took out of chats',
    ],
    'chat_mutes.person_id': ['chat they may not write in', 'chats they may not write in'],
    'chat_mutes.muted_by_id': ['person they muted', 'people they muted'],
    'preview_links.made_by_id': ['preview link', 'preview links'],
    'post_preview_links.made_by_id': ['preview link of a post', 'preview links of posts'],
    'transcript_versions.person_id': [
      'older version of a transcript',
      'older versions of transcripts',
    ],
    'imports.person_id': ['import', 'imports'],
    'uploads.person_id': ['upload', 'uploads'],
    'moved_files.person_id': ['file brought here', 'files brought here'],
    'logged_mails.person_id': ['mail they got', 'mails they got'],
    'sponsor_reps.person_id': ['sponsor they are of', 'sponsors they are of'],
    'activities.person_id': ['thing they did, in the activity', 'things they did, in the activity'],
    'activities.masquerader_id': [
      'thing they did in somebody’s name',
      'things they did in somebody’s name',
    ],
    'memberships.person_id': ['membership', 'memberships'],
    'member_feeds.person_id': ['private feed', 'private feeds'],
    'community_accounts.person_id': ['account in the community', 'accounts in the community'],
    'subscriptions.person_id': ['subscription by mail', 'subscriptions by mail'],
    'person_handles.person_id': ['old handle', 'old handles'],
    'sessions.person_id': null,
    'sessions.masquerading_as_id': null,
    'api_tokens.person_id': null,
    'sign_in_links.person_id': null,
    'email_changes.person_id': null,
  }

function movesOf({ of, rows, there }: people.Uses): readonly string[] {
  const noun = NOUNS[of]
  if (noun === null) {
    return of === 'sessions.person_id' ? [`${counted(rows, 'session')} of theirs end.`] : []
  }
  const rest = there > 0 ? `, ${there} of which stay as they are there` : ''
  return [`${counted(rows, ...noun)}${rest}`]
}

/** `2 episodes as guest and 1 post they wrote` */
export function usesWords(uses: readonly people.Uses[]): string {
  return listOf(
    uses.flatMap(({ of, rows }) => (NOUNS[of] ? [counted(rows, ...NOUNS[of])] : [])),
    en,
  )
}
