import { type Changeset, errorMessages, getField } from '@showrunner/data'
import { type Podcast } from '@showrunner/domain/podcasts'
import {
  type ListedEndpoint,
  WEBHOOK_EVENTS,
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookEvent,
} from '@showrunner/domain/webhooks'
import { addresses } from '../../addresses.ts'
import { type BoxField } from '../../admin/field.ts'
import { formOf, idOf, typed } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { moment } from '../dates.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type ListPage, listPage, type ListRow, type Tone } from './list-page.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

const EVENT_WORDS: Readonly<Record<WebhookEvent, string>> = {
  'episode.published': 'An episode is out',
  'episode.updated': 'An episode that is out was changed',
  'episode.live': 'An episode goes on air',
  'episode.unpublished': 'An episode is a draft again',
  'member.joined': 'Somebody is a member',
  'member.left': 'Somebody is a member no longer',
}

export function eventWords(event: string): string {
  const known: Readonly<Record<string, string>> = EVENT_WORDS
  return known[event] ?? (event === 'ping' ? 'A test' : event)
}

export function deliveryBadge({ state }: Pick<WebhookDelivery, 'state'>): {
  readonly words: string
  readonly tone: Tone
} {
  if (state === 'delivered') return { words: 'Delivered', tone: 'good' }
  return state === 'failed'
    ? { words: 'Failed', tone: 'bad' }
    : { words: 'Waiting', tone: 'waiting' }
}

function endpointBadge({
  enabled,
  failingSince,
  stoppedAt,
}: Pick<WebhookEndpoint, 'enabled' | 'failingSince' | 'stoppedAt'>): ListRow['badge'] {
  if (stoppedAt !== null) return { words: 'Stopped', tone: 'bad' }
  if (!enabled) return { words: 'Off', tone: 'quiet' }
  return failingSince === null ? null : { words: 'Failing', tone: 'bad' }
}

export function webhookList(
  frame: AdminFrame,
  asked: ListQuery,
  endpoints: readonly ListedEndpoint[],
): ListPage {
  const rows = endpoints.map((endpoint): ListRow => {
    const { id, url, events, podcast, last } = endpoint
    return {
      id,
      href: admin.webhook(id),
      title: url,
      subtitle: events.map(eventWords).join(' · '),
      picture: null,
      badge: endpointBadge(endpoint),
      cells: [
        podcast?.title ?? 'All, and members',
        last
          ? `${deliveryBadge(last).words}, ${moment(last.happenedAt, en).full}`
          : 'nothing so far',
      ],
    }
  })
  const found = { total: rows.length, perPage: Math.max(1, rows.length) }
  const list = listPage(frame, asked, found, rows, {
    address: admin.webhooks,
    noun: ['webhook', 'webhooks'],
    intro:
      'Programs elsewhere that are told what happens here, each by a request that is signed. What nobody answers is tried ten times, over about a day; and one to which nothing gets through for three days is switched off.',
    columns: [{ title: 'Address' }, { title: 'Of' }, { title: 'Told last' }],
    create: { label: 'New webhook', href: admin.newWebhook },
    empty: 'Nobody is told of anything yet.',
  })
  return { ...list, q: null }
}

export function webhookForm(
  frame: AdminFrame,
  changeset: Changeset<typeof WebhookEndpoint>,
  podcasts: readonly Podcast[],
): FormPage {
  const form = formOf(changeset)
  const { id } = changeset.row
  const isNew = id === null
  const whom = [
    form.text('url', {
      label: 'Address',
      type: 'url',
      help: 'Where the requests go: https, and reachable from the public internet.',
    }),
    form.choice('podcastId', {
      label: 'Podcast',
      help: 'Of members only a webhook of all podcasts hears.',
      options: [
        { value: '', label: 'All of them' },
        ...podcasts.map((podcast) => ({ value: String(podcast.id), label: podcast.title })),
      ],
    }),
    form.box('enabled', { label: 'On', help: 'What happens while it is off is never told.' }),
  ]
  const fieldsets = [
    { title: 'Whom to tell', fields: whom },
    { title: 'What', fields: eventBoxes(changeset) },
  ]
  return formPage(frame, changeset, fieldsets, {
    action: isNew ? admin.webhooks : admin.editWebhook(id),
    save: isNew ? 'Create webhook' : 'Save',
    cancelHref: isNew ? admin.webhooks : admin.webhook(id),
    remove: isNew
      ? null
      : {
          action: admin.removeWebhook(id),
          label: 'Delete webhook',
          question: 'Delete this webhook, with all that is known of what it was told?',
        },
  })
}

/** A box for each event; what is wrong with all of them stands at the first. */
function eventBoxes(changeset: Changeset<typeof WebhookEndpoint>): readonly BoxField[] {
  const chosen = getField(changeset, 'events') ?? []
  const wrong = (errorMessages(changeset)['events'] ?? []).map((message) => `What ${message}.`)
  return WEBHOOK_EVENTS.map((event, index) => {
    const name = `events[${event}]`
    return {
      kind: 'box',
      id: idOf(name.replace('.', '-')),
      name,
      label: EVENT_WORDS[event],
      help: event,
      errors: index === 0 ? wrong : [],
      required: false,
      checked: typed(changeset, name) === 'true' || chosen.includes(event),
    }
  })
}
