import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as imports from '../import/index.ts'
import * as moving from '../moving/index.ts'
import * as memberships from '../memberships/index.ts'
import * as memberFeeds from '../member-feeds/index.ts'
import * as settings from '../settings/index.ts'
import {
  ACTORS,
  assertPolicy,
  personIdOf,
  LOCAL_TIME,
  MEMBER,
  policyTable,
} from '../testing/index.ts'
import { type Actor } from './index.ts'

describe('who may do what with the network as a whole, and with private feeds', () => {
  it('with the settings of the network', () => {
    assertPolicy(
      policyTable(settings.actions, (actor, action) => settings.may(actor, action)),
      `
                          visitor  member   editor   other    host     admin
        show                –        –        –        –        –       yes
        update              –        –        –        –        –       yes
      `,
    )
  })

  it('with memberships, and what came of events', () => {
    assertPolicy(
      policyTable(memberships.actions, (actor, action) => memberships.may(actor, action)),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –        –       yes
        show                –        –        –        –        –       yes
        listEvents          –        –        –        –        –       yes
        showEvent           –        –        –        –        –       yes
        replay              –        –        –        –        –       yes
        link                –        –        –        –        –       yes
        sendTest            –        –        –        –        –       yes
      `,
    )
  })

  it('with imports', () => {
    assertPolicy(
      policyTable(imports.actions, (actor, action) => imports.may(actor, action)),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –        –       yes
        preview             –        –        –        –        –       yes
        run                 –        –        –        –        –       yes
        show                –        –        –        –        –       yes
      `,
    )
  })

  it('with files that are brought here', () => {
    assertPolicy(
      policyTable(moving.actions, (actor, action) =>
        moving.may(actor, action, { podcastId: LOCAL_TIME }),
      ),
      `
                          visitor  member   editor   other    host     admin
        show                –        –        –        –        –       yes
        bring               –        –        –        –        –       yes
      `,
    )
  })

  it('with a private feed of their own, while they are a member', () => {
    assertPolicy(
      policyTable(memberFeeds.actions, (actor, action) =>
        memberFeeds.may(actor, action, { personId: personIdOf(actor), isMember: true }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –        –       yes
        show                –       yes      yes      yes      yes      yes
        create              –       yes      yes      yes      yes      yes
        update              –       yes      yes      yes      yes      yes
        rotate              –       yes      yes      yes      yes      yes
        replace             –        –        –        –        –       yes
        delete              –       yes      yes      yes      yes      yes
      `,
    )
  })

  it('with a private feed, when they are no member, or somebody acts in their name', () => {
    const own = (actor: Actor) => ({ personId: personIdOf(actor), isMember: false })

    assert.deepEqual(
      ACTORS.map((actor) => memberFeeds.may(actor, 'create', own(actor))),
      [false, false, false, false, false, true],
    )
    const masked = { ...MEMBER, masquerader: { id: 14, handle: 'admin' } }
    assert.deepEqual(
      memberFeeds.actions.filter((action) =>
        memberFeeds.may(masked, action, { personId: 10, isMember: true }),
      ),
      [],
    )
  })

  it('with somebody else’s private feed', () => {
    assertPolicy(
      policyTable(memberFeeds.actions, (actor, action) =>
        memberFeeds.may(actor, action, { personId: 99, isMember: true }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –        –       yes
        show                –        –        –        –        –       yes
        create              –        –        –        –        –        –
        update              –        –        –        –        –        –
        rotate              –        –        –        –        –        –
        replace             –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
      `,
    )
  })
})
