import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  activateScimUser,
  deactivateScimUser,
  findUser,
  inviteAsAdmin,
  inviteByLegacyCall,
  inviteByScim,
  inviteToChannel,
  kickFromChannel,
  lookupByEmail,
  openDirectMessage,
  postMessage,
  type SlackApp,
  SlackError,
  slackText,
  wasPosted,
  whoAmI,
} from './index.ts'
import { fakeSlack } from './testing/index.ts'

const ADA = { email: 'ada+radio@example.com', name: 'Ada Byron' }
const PLACE = { teamId: 'T1', channels: ['CMEMBERS'] }

/** The error that a call ends with. */
async function failure(call: Promise<unknown>): Promise<SlackError> {
  try {
    await call
  } catch (error) {
    if (error instanceof SlackError) return error
    throw error
  }
  throw new Error('it did not fail')
}

describe('an invitation', () => {
  it('is sent once, whichever way, and understood when it was sent or taken before', async (t) => {
    const ways = [
      (app: SlackApp) => inviteAsAdmin(app, ADA, PLACE),
      (app: SlackApp) => inviteByLegacyCall(app, ADA, PLACE),
    ]
    for (const invite of ways) {
      const { app, workspace } = await fakeSlack(t)

      assert.equal(await invite(app), 'invited')
      assert.equal(await invite(app), 'already invited')
      workspace.join(ADA.email)
      assert.equal(await invite(app), 'already there')
      assert.deepEqual(workspace.invitations, [ADA.email])
    }
  })

  it('makes an account by SCIM, which is deactivated and let in again', async (t) => {
    const { app, workspace } = await fakeSlack(t)

    const { invited, userId = '' } = await inviteByScim(app, ADA)
    const again = await inviteByScim(app, ADA)
    await deactivateScimUser(app, userId)
    const gone = await lookupByEmail(app, ADA.email)
    await activateScimUser(app, userId)
    await deactivateScimUser(app, 'U404')

    assert.deepEqual([invited, userId], ['invited', 'U1'])
    assert.deepEqual(again, { invited: 'already there', userId: undefined })
    assert.equal(gone, undefined)
    assert.deepEqual(
      workspace.users.map(({ email, isActive }) => [email, isActive]),
      [[ADA.email, true]],
    )
  })

  for (const [code, meaning] of [
    ['already_in_team', 'already there'],
    ['user_already_team_member', 'already there'],
    ['already_invited', 'already invited'],
    ['sent_recently', 'already invited'],
    ['already_in_team_invited_user', 'already invited'],
  ] as const) {
    it(`takes ${code} for success: ${meaning}`, async (t) => {
      const { app, trouble } = await fakeSlack(t)
      trouble('admin.users.invite', { error: code })

      assert.equal(await inviteAsAdmin(app, ADA, PLACE), meaning)
    })
  }
})

describe('a failure', () => {
  it('says how long Slack wants to be left alone', async (t) => {
    const { app, trouble } = await fakeSlack(t)
    trouble('users.admin.invite', { status: 429, retryAfter: 17 })
    const error = await failure(inviteByLegacyCall(app, ADA, PLACE))
    trouble('users.admin.invite', { status: 429 })
    const silent = await failure(inviteByLegacyCall(app, ADA, PLACE))

    assert.deepEqual([error.code, error.retryAfterMs, error.passes], ['ratelimited', 17_000, true])
    assert.equal(silent.retryAfterMs, 30_000)
    const said = async (retryAfter: number) => {
      trouble('users.admin.invite', { status: 429, retryAfter })
      return (await failure(inviteByLegacyCall(app, ADA, PLACE))).retryAfterMs
    }
    assert.deepEqual(
      [await said(0), await said(-5), await said(1e12)],
      [0, 30_000, 24 * 60 * 60_000],
    )
  })

  it('tells what passes from what does not, and what may be done all the same', async (t) => {
    const { app, trouble } = await fakeSlack(t)
    const failed = async (given: Parameters<typeof trouble>[1]) => {
      trouble('chat.postMessage', given)
      const message = { channel: 'CSTAFF', text: 'Hello', key: 'k' }
      const { code, passes, mayBeDone } = await failure(
        postMessage({ ...app, patienceMs: 60 }, message),
      )
      return [code, passes, mayBeDone]
    }

    assert.deepEqual(await failed({ silent: true }), ['timeout', true, true])
    assert.deepEqual(await failed({ status: 500 }), ['http_500', true, true])
    assert.deepEqual(await failed({ page: '<h1>Sorry</h1>' }), ['unreadable', true, true])
    assert.deepEqual(await failed({ error: 'fatal_error' }), ['fatal_error', true, true])
    assert.deepEqual(await failed({ error: 'invalid_auth' }), ['invalid_auth', false, false])
    const inactive = ['account_inactive', false, false]
    assert.deepEqual(await failed({ error: 'account_inactive' }), inactive)
    assert.deepEqual(await failed({ error: 'ratelimited' }), ['ratelimited', true, false])
  })

  it('holds neither the token nor what was sent', async (t) => {
    const { app, trouble } = await fakeSlack(t)
    trouble('admin.users.invite', { error: 'missing_scope', needed: 'admin.users:write' })

    const lacking = await failure(inviteAsAdmin(app, ADA, PLACE))
    const away = await failure(whoAmI({ ...app, api: 'http://127.0.0.1:60999/api' }))
    const wrong = await failure(whoAmI({ ...app, token: 'xoxb-wr0ng' }))

    assert.equal(
      lacking.message,
      'Slack answered missing_scope to admin.users.invite: the token lacks the scope admin.users:write.',
    )
    assert.deepEqual([away.code, away.mayBeDone], ['unreachable', false])
    assert.equal(wrong.code, 'invalid_auth')
    for (const error of [lacking, away, wrong]) {
      assert.doesNotMatch(String(error.stack), /xoxb|ada\+radio/)
    }
  })

  it('is what Slack never documented, too', async () => {
    const answering = (body: string) => ({
      token: 'xoxb',
      fetch: async () => new Response(body, { status: 200 }),
    })

    for (const body of ['', '<html>', '[]', '{}', '{"ok":"yes"}']) {
      assert.equal((await failure(whoAmI(answering(body)))).code, 'unreadable')
    }
  })
})

describe('a channel', () => {
  it('takes somebody in once and lets them go once', async (t) => {
    const { app, workspace } = await fakeSlack(t)

    assert.equal(await inviteToChannel(app, 'CMEMBERS', 'U1'), true)
    assert.equal(await inviteToChannel(app, 'CMEMBERS', 'U1'), false)
    assert.ok(workspace.channels.get('CMEMBERS')?.has('U1'))
    assert.equal(await kickFromChannel(app, 'CMEMBERS', 'U1'), true)
    assert.equal(await kickFromChannel(app, 'CMEMBERS', 'U1'), false)
    assert.equal((await failure(inviteToChannel(app, 'CNONE', 'U1'))).code, 'channel_not_found')
  })

  it('is gone into first by the app, where it was not yet', async (t) => {
    const { app, workspace } = await fakeSlack(t)
    workspace.channels.set('CNEW', new Set())

    assert.equal(await inviteToChannel(app, 'CNEW', 'U1'), true)
    assert.deepEqual([...(workspace.channels.get('CNEW') ?? [])], ['UBOT', 'U1'])
  })
})

describe('a message', () => {
  it('is found again by its key', async (t) => {
    const { app, workspace } = await fakeSlack(t)
    const channel = await openDirectMessage(app, 'U1')

    assert.equal(await wasPosted(app, { channel, key: 'hello:1' }), false)
    await postMessage(app, { channel, text: slackText('Hi <!channel> & all'), key: 'hello:1' })
    assert.equal(await wasPosted(app, { channel, key: 'hello:1' }), true)
    assert.equal(await wasPosted(app, { channel, key: 'hello:2' }), false)
    assert.equal(workspace.messages[0]?.text, 'Hi &lt;!channel&gt; &amp; all')
  })

  it('is perhaps there, where the app may not read', async (t) => {
    const { app, trouble } = await fakeSlack(t)
    trouble('conversations.history', { error: 'missing_scope', needed: 'im:history' })
    const asked = { channel: 'DU1', key: 'hello:1' }

    assert.equal(await wasPosted(app, asked), undefined)
    trouble('conversations.history', { status: 500 })
    assert.equal((await failure(wasPosted(app, asked))).code, 'http_500')
  })
})

describe('who is who', () => {
  it('is told of users by address and by id, and of the token', async (t) => {
    const { app, workspace } = await fakeSlack(t)
    const { id } = workspace.join('ada@example.com', 'Ada Byron')
    const ada = {
      id,
      name: 'Ada Byron',
      email: 'ada@example.com',
      isBot: false,
      isDeactivated: false,
    }

    assert.deepEqual(await lookupByEmail(app, 'ada@example.com'), ada)
    assert.deepEqual(await findUser(app, id), ada)
    assert.equal(await lookupByEmail(app, 'eve@example.com'), undefined)
    assert.equal(await findUser(app, 'U404'), undefined)
    const { team, teamId, scopes } = await whoAmI(app)
    assert.deepEqual([team, teamId, scopes?.includes('chat:write')], ['Radio', 'T1', true])
  })
})
