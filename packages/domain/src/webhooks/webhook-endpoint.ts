import { randomBytes } from 'node:crypto'
import {
  addError,
  belongsTo,
  cast,
  change,
  type Changeset,
  check,
  foreignKey,
  format,
  getField,
  hasMany,
  length,
  type Params,
  required,
  type Row,
  schema,
  t,
  timestamps,
  validate,
} from '@showrunner/data'
import { asOpened } from '../conflicts/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { WebhookDelivery } from './webhook-delivery.ts'

/** What can be told. */
export const WEBHOOK_EVENTS = [
  'episode.published',
  'episode.updated',
  'episode.unpublished',
  'episode.live',
  'member.joined',
  'member.left',
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** Who outside is told of what happens here. */
export const WebhookEndpoint = schema(
  'webhook_endpoints',
  {
    id: t.id(),
    /** Null: of all podcasts, and of the members. */
    podcastId: t.reference().nullable(),
    url: t.string(),
    /** Kept as it is: every delivery is signed with it. */
    secret: t.string().redact(),
    events: t.array(t.string()),
    /** The one before: for a day both sign, so that nothing is lost while it is exchanged where they are checked. */
    previousSecret: t.string().nullable().redact(),
    previousSecretUntil: t.datetime().nullable(),
    enabled: t.boolean().default(true),
    /** Since when nothing has got through; null while it does. */
    failingSince: t.datetime().nullable(),
    /** When it was switched off for that. */
    stoppedAt: t.datetime().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    podcast: belongsTo(Podcast),
    deliveries: hasMany(WebhookDelivery, {
      foreignKey: 'endpointId',
      order: { id: 'desc' },
    }),
  }),
)
export type WebhookEndpoint = Row<typeof WebhookEndpoint>

const WEB_PORTS = ['80', '443']

// Mails of members are told: in the clear only to this machine, which is reached only where that is allowed.
const ADDRESS = /^(https:\/\/[^\s/]|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$))\S*$/i

/** The form of one. Its events are boxes: `events[member.left]=true`. */
export function webhookEndpointChangeset(
  endpoint: WebhookEndpoint,
  params: Params,
): Changeset<typeof WebhookEndpoint> {
  return check(
    cast(endpoint, withEvents(params), ['url', 'events', 'enabled', 'podcastId', 'lockVersion']),
    required('url'),
    length('url', { max: 2000 }),
    format('url', ADDRESS, 'must be an address that begins with https://'),
    validate('url', (url) => addressProblems(url)),
    someEvents,
    begunAnew,
    foreignKey('podcastId'),
    asOpened,
  )
}

/** No place for a password: administrators read the address. And below 1024 are the ports of mail, of shells, of printers. */
function addressProblems(address: string): readonly string[] {
  const url = URL.parse(address)
  if (url === null) return ['is no address']
  if (url.username !== '' || url.password !== '') return ['must not have a name or a password']
  const isOdd = url.port !== '' && Number(url.port) < 1024 && !WEB_PORTS.includes(url.port)
  return isOdd ? ['must have a port of the web, or one from 1024'] : []
}

// Whoever switches it on again has seen what was wrong.
function begunAnew(changeset: Changeset<typeof WebhookEndpoint>) {
  const isOn = getField(changeset, 'enabled') === true && !changeset.row.enabled
  return isOn ? change(changeset, { failingSince: null, stoppedAt: null }) : changeset
}

// A list that was empty and stays so is no change, which no rule about changes would look at.
function someEvents(changeset: Changeset<typeof WebhookEndpoint>) {
  const events = getField(changeset, 'events')
  return events?.length ? changeset : addError(changeset, 'events', 'must be chosen: at least one')
}

export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`
}

function withEvents(params: Params): Params {
  const sent: object = Object(params) as object
  const boxes: unknown = Reflect.get(sent, 'events')
  if (typeof boxes !== 'object' || boxes === null || Array.isArray(boxes)) return params
  const events = WEBHOOK_EVENTS.filter((event) => Reflect.get(boxes, event) === 'true')
  return { ...sent, events }
}
