import {
  addError,
  cast,
  change,
  type Changeset,
  check,
  format,
  from,
  getChange,
  type Params,
  type Repo,
  required,
  type Saved,
  unique,
} from '@showrunner/data'
import { type Doer, record } from '../activity/index.ts'
import { type Person } from '../people/index.ts'
import { CommunityAccount, note } from './community-account.ts'
import { communityOf } from './community-of.ts'
import { type CommunityParts } from './community-parts.ts'
import { getCommunitySettings } from './community-settings.ts'
import { CommunityError } from './errors.ts'
import { arrived } from './welcome-member.ts'

const USER_ID = /^[UW][A-Z0-9]{1,20}$/

/** As it is copied: the id, or the address of a profile, which ends with it. */
const COPIED = /(?:^|\/)([uw][a-z0-9]+)\/?$/i

interface Asking {
  readonly repo: Repo
  readonly slack?: CommunityParts['slack']
}

interface Linking {
  readonly by: Doer
  readonly person: Pick<Person, 'id' | 'name'>
  readonly asOf: Date
}

/** What a form begins with. */
export function editAccount(account: CommunityAccount): Changeset<typeof CommunityAccount> {
  return change(account, {})
}

/**
 * An administrator says who a member is there, whom nobody could tell by their address. Who was linked before stays where
 * they are; who is linked now is brought to the members' channels and greeted.
 */
export async function linkByHand(
  { repo, slack }: Asking,
  { by, person, asOf }: Linking,
  params: Params,
): Promise<Saved<typeof CommunityAccount>> {
  const account = await repo.getByOrThrow(CommunityAccount, { personId: person.id })
  const asked = await known({ repo, slack }, await free(repo, linkChangeset(account, params)))
  if (!asked.valid) return { ok: false, changeset: asked }
  const userId = getChange(asked, 'userId')
  // They are that already.
  if (typeof userId !== 'string') return { ok: true, value: account }

  return repo.transaction(async () => {
    const locked = await repo.getOrThrow(from(CommunityAccount).lock('for update'), account.id)
    const saved = await repo.update(change(linkChangeset(locked, params), unknownThere(locked)))
    if (!saved.ok) return saved
    const words = `${nameOf(by)} says that they are ${userId} there.`
    await arrived(repo, saved.value, { userId, at: asOf, words })
    await happened(repo, { by, person, asOf }, [locked.userId, userId])
    return saved
  })
}

/** Nobody there is known to be them any more. False where nobody was. */
export async function unlinkByHand(repo: Repo, { by, person, asOf }: Linking): Promise<boolean> {
  return repo.transaction(async () => {
    const theirs = from(CommunityAccount).where({ personId: person.id })
    const account = await repo.one(theirs.lock('for update'))
    if (!account || account.userId === null) return false
    await note(repo, account, {
      ...unknownThere(account),
      userId: null,
      ...(account.state === 'joined' && { state: 'invited' }),
      at: asOf,
      words: `${nameOf(by)} says that they are not ${account.userId} there.`,
    })
    await happened(repo, { by, person, asOf }, [account.userId, null])
    return true
  })
}

function linkChangeset(
  account: CommunityAccount,
  params: Params,
): Changeset<typeof CommunityAccount> {
  return check(
    cast(account, copied(params), ['userId']),
    required('userId'),
    format('userId', USER_ID, 'must be an id such as U012AB3CD'),
    unique('userId', { message: 'is somebody else’s' }),
  )
}

function copied(params: Params): Params {
  const sent: object = Object(params) as object
  const typed: unknown = Reflect.get(sent, 'userId')
  if (typeof typed !== 'string') return {}
  return { userId: COPIED.exec(typed.trim())?.[1]?.toUpperCase() ?? typed.trim() }
}

/** What was done for who they were taken for. An account that others made is not ours to end. */
function unknownThere({ means }: CommunityAccount) {
  return {
    joinedAt: null,
    broughtAt: null,
    greetingBegunAt: null,
    greetedAt: null,
    ...(means === 'scim' && { means: null }),
  }
}

/** Says whose it is, if it is somebody else's. */
async function free(
  repo: Repo,
  changeset: Changeset<typeof CommunityAccount>,
): Promise<Changeset<typeof CommunityAccount>> {
  const userId = getChange(changeset, 'userId')
  if (!changeset.valid || typeof userId !== 'string') return changeset
  const other = await repo.getBy(from(CommunityAccount).preload('person'), { userId })
  return other
    ? addError(changeset, 'userId', 'is that of %{name}', { name: other.person.name })
    : changeset
}

/** Asks there, where somebody can be asked, whether it is anybody's. */
async function known(
  { repo, slack }: Asking,
  changeset: Changeset<typeof CommunityAccount>,
): Promise<Changeset<typeof CommunityAccount>> {
  const userId = getChange(changeset, 'userId')
  const settings = await getCommunitySettings(repo)
  const canAsk = slack !== undefined && settings.means !== 'log'
  if (!changeset.valid || typeof userId !== 'string' || !canAsk) return changeset
  try {
    if (await communityOf({ slack }, settings).userOf(userId)) return changeset
    return addError(changeset, 'userId', 'is nobody’s in the workspace, or an app’s')
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error
    const why = error.message.replace(/\.$/, '')
    return addError(changeset, 'userId', 'could not be looked up: %{why}', { why })
  }
}

async function happened(
  repo: Repo,
  { by, person, asOf }: Linking,
  [before, after]: readonly [string | null, string | null],
): Promise<void> {
  await record(repo, by, {
    action: after === null ? 'Slack account unlinked' : 'Slack account linked',
    subject: { type: 'person', id: person.id, title: person.name },
    changes: { fields: { slackAccount: { before, after } }, rows: [] },
    at: asOf,
  })
}

function nameOf({ person }: Doer): string {
  return person?.name ?? person?.handle ?? 'Somebody'
}
