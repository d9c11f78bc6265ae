import { type TestContext } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { fakeSlack, type FakeSlack } from '@showrunner/slack/testing'
import { type CommunityParts, CommunitySettings } from '../community/index.ts'
import { JOBS, type JobParts } from '../jobs/index.ts'
import { partsOfJobs } from './parts-of-jobs.ts'
import { sandboxed } from './sandboxed.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

/** A network whose members meet in Slack. */
export interface InSlack {
  readonly repo: Repo
  readonly slack: FakeSlack
  /** The mails that were sent. */
  readonly sent: Message[]
  readonly parts: (asOf?: Date) => JobParts & CommunityParts
  /** Does what waits. */
  readonly perform: (asOf?: Date) => Promise<readonly string[]>
}

/** A test of a network whose members meet in a fake Slack, by these settings. */
export function inSlack(
  settings: Partial<CommunitySettings>,
  body: (place: InSlack) => Promise<void>,
): (t: TestContext) => Promise<void> {
  return async (t) => {
    const slack = await fakeSlack(t)
    const inPlace = sandboxed(async (repo) => {
      await repo.updateAll(from(CommunitySettings), {
        memberChannels: 'CMEMBERS',
        staffChannel: 'CSTAFF',
        ...settings,
      })
      const sent: Message[] = []
      const parts = (asOf = NOW) => ({ ...partsOfJobs(repo, { asOf, sent }), slack: slack.app })
      const perform = (asOf?: Date) => performWaiting(repo, JOBS, parts(asOf))
      await body({ repo, slack, sent, parts, perform })
    })
    await inPlace(t)
  }
}

/** What was said in a channel of it. */
export function toldIn({ workspace }: FakeSlack, channel: string): readonly string[] {
  return workspace.messages.filter((message) => message.channel === channel).map(({ text }) => text)
}
