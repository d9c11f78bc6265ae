import { from, type Repo } from '@showrunner/data'
import { lockedAccount, type Turn } from './community-account.ts'
import { countInviteMail, isCounted } from './community-invite-mail.ts'
import { CommunitySettings } from './community-settings.ts'
import { type LinkStanding, linkStanding, warnOfLink, whyNotMailed } from './invite-link.ts'
import { noteWaiting } from './note-waiting.ts'

/**
 * The link to mail, which is counted as mailed from now on. Where it lets in nobody any more they wait again, and are
 * mailed the next one. Whoever takes it holds the settings, so that no more of them do than it lets in.
 */
export async function takeLink(
  repo: Repo,
  turn: Turn,
  { name, asOf }: { readonly name: string; readonly asOf: Date },
): Promise<string | undefined> {
  return repo.transaction(async () => {
    const account = await lockedAccount(repo, turn)
    if (account?.state !== 'invited') return undefined
    const settings = await repo.oneOrThrow(from(CommunitySettings).lock('for update'))
    const standing = await linkStanding(repo, settings, asOf)
    const reason = await whyNotTaken(repo, turn, standing, settings)
    if (settings.inviteUrl === null || reason !== null) {
      await noteWaiting(repo, account, { name, reason: reason ?? '', at: asOf })
      return undefined
    }
    await countInviteMail(repo, turn, settings.inviteUrl)
    await warnOfLink(repo, asOf)
    return settings.inviteUrl
  })
}

async function whyNotTaken(
  repo: Repo,
  turn: Turn,
  standing: LinkStanding,
  { inviteUrl }: CommunitySettings,
): Promise<string | null> {
  // A mail that is tried again was counted when it was tried first.
  const isTheirs =
    standing.state === 'spent' && inviteUrl !== null && (await isCounted(repo, turn, inviteUrl))
  return isTheirs ? null : whyNotMailed(standing)
}
