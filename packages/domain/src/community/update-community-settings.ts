import {
  addError,
  changed,
  type Changeset,
  put,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { AS_OPENED } from '../conflicts/index.ts'
import {
  type CommunitySettings,
  communitySettingsChangeset,
  getCommunitySettings,
} from './community-settings.ts'
import { isOver } from './invite-link.ts'
import { inviteWaiting } from './invite-waiting.ts'

/** Saves it; whoever waits for an invitation is invited now, if that can be done now. */
export async function updateCommunitySettings(
  repo: Repo,
  params: Params,
  asOf: Date,
): Promise<Saved<typeof CommunitySettings>> {
  return repo.transaction(async () => {
    const changeset = communitySettingsChangeset(await getCommunitySettings(repo), params)
    const isNewLink = changed(changeset, 'inviteUrl')
    const saved = await repo.update(isNewLink ? withNewLink(changeset, asOf) : changeset, AS_OPENED)
    if (saved.ok) await enqueue(repo, inviteWaiting, {})
    return saved
  })
}

/** The last day in the form is that of the former link, unless somebody thought of it. */
function withNewLink(
  changeset: Changeset<typeof CommunitySettings>,
  asOf: Date,
): Changeset<typeof CommunitySettings> {
  const { inviteUrl, inviteUrlEndsOn } = { ...changeset.row, ...changeset.changes }
  const since = put(changeset, 'inviteUrlSince', asOf)
  return inviteUrl != null && isOver(inviteUrlEndsOn ?? null, asOf)
    ? addError(since, 'inviteUrlEndsOn', 'has passed: say the last day of the new link')
    : since
}
