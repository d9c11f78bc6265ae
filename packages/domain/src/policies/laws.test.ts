import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import * as admin from '../admin/index.ts'
import * as episodes from '../episodes/index.ts'
import * as imports from '../import/index.ts'
import * as mailing from '../mailing/index.ts'
import * as moving from '../moving/index.ts'
import * as memberships from '../memberships/index.ts'
import * as people from '../people/index.ts'
import * as podcasts from '../podcasts/index.ts'
import * as posts from '../posts/index.ts'
import * as requests from '../requests/index.ts'
import * as settings from '../settings/index.ts'
import * as redirects from '../redirects/index.ts'
import * as sponsors from '../sponsors/index.ts'
import * as topics from '../topics/index.ts'
import * as transcripts from '../transcripts/index.ts'
import { type Actor, NotAllowedError, VISITOR } from './index.ts'

const MOST_IDS = 6
const id = fc.integer({ min: 1, max: MOST_IDS })

const signedIn = fc.record({
  person: fc.record({ id, handle: fc.constant('ada') }),
  isAdmin: fc.boolean(),
  isEditor: fc.boolean(),
  hostOf: fc.uniqueArray(id),
})
const anybody: fc.Arbitrary<Actor> = fc.oneof(fc.constant(VISITOR), signedIn)

/** What may be asked about, with everything that any rule looks at. */
const thing = fc.record({
  id,
  podcastId: id,
  status: fc.constantFrom(...podcasts.PODCAST_STATUSES),
  published: fc.boolean(),
  authorId: id,
  editorId: fc.option(id),
  admin: fc.boolean(),
  editor: fc.boolean(),
  host: fc.boolean(),
})
type Thing = typeof thing extends fc.Arbitrary<infer One> ? One : never

interface Question {
  readonly name: string
  readonly ask: (actor: Actor, on: Thing) => boolean
}

function questions<Action extends string>(
  resource: string,
  actions: readonly Action[],
  asked: (actor: Actor, action: Action, on: Thing) => boolean,
): readonly Question[] {
  return actions.map((action) => ({
    name: `${resource} ${action}`,
    ask: (actor, on) => asked(actor, action, on),
  }))
}

/** What can be asked about one podcast and what belongs to it. */
const OF_A_PODCAST: readonly Question[] = [
  ...questions('episode', episodes.actions, (...asked) => episodes.may(...asked)),
  ...questions('transcript', transcripts.actions, (...asked) => transcripts.may(...asked)),
  ...questions('request', requests.actions, (...asked) => requests.may(...asked)),
  ...questions('podcast', ['show', 'update', 'delete'], (actor, action, { podcastId, status }) =>
    podcasts.may(actor, action, { id: podcastId, status }),
  ),
  ...questions('logged mail', ['count'], (...asked) => mailing.may(...asked)),
  ...questions('admin', ['readActivityOf'], (...asked) => admin.may(...asked)),
]

const EVERYTHING: readonly Question[] = [
  ...OF_A_PODCAST,
  ...questions('podcast', ['list', 'create'], (...asked) => podcasts.may(...asked)),
  ...questions('admin', admin.actions, (...asked) => admin.may(...asked)),
  ...questions('post', posts.actions, (...asked) => posts.may(...asked)),
  ...questions('person', people.actions, (...asked) => people.may(...asked)),
  ...questions('topic', topics.actions, (...asked) => topics.may(...asked)),
  ...questions('redirect', redirects.actions, (...asked) => redirects.may(...asked)),
  ...questions('sponsor', sponsors.actions, (actor, action) =>
    sponsors.may(actor, action, { repIds: [] }),
  ),
  ...questions('logged mail', mailing.actions, (...asked) => mailing.may(...asked)),
  ...questions('settings', settings.actions, (...asked) => settings.may(...asked)),
  ...questions('import', imports.actions, (...asked) => imports.may(...asked)),
  ...questions('moving', moving.actions, (...asked) => moving.may(...asked)),
  ...questions('membership', memberships.actions, (...asked) => memberships.may(...asked)),
]

function allowed(actor: Actor, on: Thing, asked = EVERYTHING): readonly string[] {
  return asked.filter(({ ask }) => ask(actor, on)).map(({ name }) => name)
}

describe('the policies', () => {
  it('let nobody do anything without a role', () => {
    fc.assert(
      fc.property(signedIn, thing, ({ person }, on) => {
        assert.deepEqual(allowed({ ...VISITOR, person }, on), [])
        assert.deepEqual(allowed(VISITOR, on), [])
      }),
    )
  })

  it('let an administrator do everything, but delete what is published and themselves, and act as one of them', () => {
    const never = (actor: Actor, on: Thing) => [
      ...(on.published ? ['episode delete', 'post delete'] : []),
      ...(on.id === actor.person?.id ? ['person delete'] : []),
      ...(on.id === actor.person?.id || on.admin ? ['person masquerade'] : []),
    ]

    fc.assert(
      fc.property(signedIn, thing, (person, on) => {
        const actor = { ...person, isAdmin: true }
        const denied = never(actor, on)

        assert.deepEqual(
          allowed(actor, on),
          EVERYTHING.map(({ name }) => name).filter((name) => !denied.includes(name)),
        )
      }),
    )
  })

  it('let nobody who does not host a podcast do anything with it or what belongs to it', () => {
    fc.assert(
      fc.property(signedIn, thing, (person, on) => {
        const hostOf = person.hostOf.filter((podcastId) => podcastId !== on.podcastId)
        const actor = { ...person, isAdmin: false, hostOf }

        assert.deepEqual(allowed(actor, on, OF_A_PODCAST), [])
      }),
    )
  })

  it('take nothing away when they give a role', () => {
    fc.assert(
      fc.property(signedIn, signedIn, thing, (before, more, on) => {
        const after = {
          ...before,
          isAdmin: before.isAdmin || more.isAdmin,
          isEditor: before.isEditor || more.isEditor,
          hostOf: [...new Set([...before.hostOf, ...more.hostOf])],
        }

        const [had, has] = [allowed(before, on), new Set(allowed(after, on))]
        assert.deepEqual(
          had.filter((action) => !has.has(action)),
          [],
        )
      }),
    )
  })

  it('look at ids, whatever else has been loaded with the rows', () => {
    fc.assert(
      fc.property(signedIn, thing, fc.anything(), (actor, on, loaded) => {
        const person = { ...actor.person, podcasts: loaded, handle: 'another' }
        const same = { ...actor, person, hostOf: actor.hostOf.toReversed() }
        const row = { ...on, hosts: loaded }

        assert.deepEqual(allowed(same, row), allowed(actor, on))
      }),
    )
  })

  it('throw exactly where they do not allow', () => {
    fc.assert(
      fc.property(anybody, thing, fc.constantFrom(...episodes.actions), (actor, on, action) => {
        const ask = () => episodes.mayOrThrow(actor, action, on)

        if (episodes.may(actor, action, on)) assert.doesNotThrow(ask)
        else assert.throws(ask, NotAllowedError)
      }),
    )
  })
})
