import {
  cast,
  change,
  check,
  format,
  length,
  number,
  required,
  schema,
  t,
  timestamps,
  validate,
  type Changeset,
  type Params,
  type Repo,
  type Row,
} from '@showrunner/data'
import { asOpened } from '../conflicts/index.ts'
import { WEB_ADDRESS, WEB_ADDRESS_MESSAGE } from '../formats/index.ts'
import { MEANS } from './means.ts'

/** How members come to where they talk with each other. The table holds one row, from its migration on. */
export const CommunitySettings = schema('community_settings', {
  id: t.id(),
  means: t.enum(MEANS).default('link'),
  /** Whoever has it gets in. */
  inviteUrl: t.string().nullable().redact(),
  inviteUrlEndsOn: t.date().nullable(),
  inviteUrlSince: t.datetime().nullable(),
  memberChannels: t.string().nullable(),
  staffChannel: t.string().nullable(),
  /** Between the end of a membership and the removal. */
  graceDays: t.integer().default(7),
  /** What new members are told there. Null: what we say in general. */
  greeting: t.string().nullable(),
  lockVersion: t.integer().default(1),
  ...timestamps(),
})
export type CommunitySettings = Row<typeof CommunitySettings>

const THE_ROW = 1
const FIELDS = [
  'means',
  'inviteUrl',
  'inviteUrlEndsOn',
  'memberChannels',
  'staffChannel',
  'graceDays',
  'greeting',
] as const
const CHANNEL = /^[CG][A-Z0-9]{2,20}$/
const CHANNEL_MESSAGE =
  'must be the id of a channel, such as C0123ABCD: it stands at the end of “About” in the channel’s details'

/** The ids in such a list. */
export function channelsIn(list: string | null): readonly string[] {
  return [...new Set((list ?? '').split(/[\s,]+/).filter((id) => id !== ''))]
}

export function communitySettingsChangeset(
  settings: CommunitySettings,
  params: Params,
): Changeset<typeof CommunitySettings> {
  return check(
    cast(settings, params, FIELDS),
    required('means', 'graceDays'),
    format('inviteUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    length('inviteUrl', { max: 500 }),
    length('memberChannels', { max: 500 }),
    length('greeting', { max: 2_000 }),
    number('graceDays', { atLeast: 0, atMost: 365 }),
    format('staffChannel', CHANNEL, CHANNEL_MESSAGE),
    validate('memberChannels', (list) =>
      channelsIn(list).every((id) => CHANNEL.test(id)) ? [] : [`${CHANNEL_MESSAGE}, each`],
    ),
    asOpened,
  )
}

export async function getCommunitySettings(repo: Repo): Promise<CommunitySettings> {
  return repo.getOrThrow(CommunitySettings, THE_ROW)
}

/** What the form begins with. */
export async function editCommunitySettings(
  repo: Repo,
): Promise<Changeset<typeof CommunitySettings>> {
  return change(await getCommunitySettings(repo), {})
}
