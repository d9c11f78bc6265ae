import { describe, it } from 'node:test'
import * as admin from '../admin/index.ts'
import * as episodes from '../episodes/index.ts'
import * as mailing from '../mailing/index.ts'
import * as comments from '../comments/index.ts'
import * as news from '../news/index.ts'
import * as people from '../people/index.ts'
import * as podcasts from '../podcasts/index.ts'
import * as posts from '../posts/index.ts'
import * as requests from '../requests/index.ts'
import * as redirects from '../redirects/index.ts'
import * as sponsors from '../sponsors/index.ts'
import * as topics from '../topics/index.ts'
import * as transcripts from '../transcripts/index.ts'
import { assertPolicy, personIdOf, LOCAL_TIME, policyTable } from '../testing/index.ts'

const THEIRS = { authorId: 99, editorId: null }
const ROLELESS = { admin: false, editor: false, host: false }

describe('who may do what', () => {
  it('in the admin area as such', () => {
    assertPolicy(
      policyTable(admin.actions, (actor, action) =>
        admin.may(actor, action, { podcastId: LOCAL_TIME }),
      ),
      `
                          visitor  member   editor   other    host     admin
        enter               –        –       yes      yes      yes      yes
        search              –        –       yes      yes      yes      yes
        readActivity        –        –        –        –        –       yes
        readActivityOf      –        –        –        –       yes      yes
        previewMails        –        –        –        –        –       yes
        watchJobs           –        –        –        –        –       yes
      `,
    )
  })

  it('with podcasts', () => {
    assertPolicy(
      policyTable(podcasts.actions, (actor, action) =>
        podcasts.may(actor, action, { id: LOCAL_TIME, status: 'draft' }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –       yes      yes      yes
        show                –        –        –        –       yes      yes
        create              –        –        –        –        –       yes
        update              –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
      `,
    )
  })

  it('with a draft of an episode', () => {
    assertPolicy(
      policyTable(episodes.actions, (actor, action) =>
        episodes.may(actor, action, { podcastId: LOCAL_TIME, published: false }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –       yes      yes
        create              –        –        –        –       yes      yes
        show                –        –        –        –       yes      yes
        sharePreview        –        –        –        –       yes      yes
        update              –        –        –        –       yes      yes
        publish             –        –        –        –       yes      yes
        unpublish           –        –        –        –       yes      yes
        delete              –        –        –        –       yes      yes
      `,
    )
  })

  it('with an episode that is published or scheduled', () => {
    assertPolicy(
      policyTable(episodes.actions, (actor, action) =>
        episodes.may(actor, action, { podcastId: LOCAL_TIME, published: true }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –       yes      yes
        create              –        –        –        –       yes      yes
        show                –        –        –        –       yes      yes
        sharePreview        –        –        –        –       yes      yes
        update              –        –        –        –       yes      yes
        publish             –        –        –        –       yes      yes
        unpublish           –        –        –        –       yes      yes
        delete              –        –        –        –        –        –
      `,
    )
  })

  it('with transcripts', () => {
    assertPolicy(
      policyTable(transcripts.actions, (actor, action) =>
        transcripts.may(actor, action, { podcastId: LOCAL_TIME }),
      ),
      `
                          visitor  member   editor   other    host     admin
        show                –        –        –        –       yes      yes
        update              –        –        –        –       yes      yes
        delete              –        –        –        –       yes      yes
      `,
    )
  })

  it('with episode requests', () => {
    assertPolicy(
      policyTable(requests.actions, (actor, action) =>
        requests.may(actor, action, { podcastId: LOCAL_TIME }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –       yes      yes
        show                –        –        –        –       yes      yes
        message             –        –        –        –       yes      yes
        accept              –        –        –        –       yes      yes
        pend                –        –        –        –       yes      yes
        decline             –        –        –        –       yes      yes
        fail                –        –        –        –       yes      yes
        update              –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
      `,
    )
  })

  it('with news that somebody else wrote down', () => {
    assertPolicy(
      policyTable(news.actions, (actor, action) =>
        news.may(actor, action, { loggerId: 99, status: 'draft' }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes       –        –       yes
        create              –        –       yes       –        –       yes
        show                –        –        –        –        –       yes
        update              –        –        –        –        –       yes
        publish             –        –        –        –        –       yes
        unpublish           –        –        –        –        –       yes
        queue               –        –        –        –        –       yes
        decline             –        –        –        –        –       yes
        reorder             –        –        –        –        –       yes
        sources             –        –        –        –        –       yes
        issues              –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
      `,
    )
  })

  it('with news they wrote down and put out themselves', () => {
    assertPolicy(
      policyTable(news.actions, (actor, action) =>
        news.may(actor, action, { loggerId: personIdOf(actor), status: 'published' }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes       –        –       yes
        create              –        –       yes       –        –       yes
        show                –        –       yes       –        –       yes
        update              –        –       yes       –        –       yes
        publish             –        –       yes       –        –       yes
        unpublish           –        –       yes       –        –       yes
        queue               –        –       yes       –        –       yes
        decline             –        –        –        –        –       yes
        reorder             –        –        –        –        –       yes
        sources             –        –        –        –        –       yes
        issues              –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
      `,
    )
  })

  it('with what others say', () => {
    assertPolicy(
      policyTable(comments.actions, (actor, action) => comments.may(actor, action)),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –        –       yes
        moderate            –        –        –        –        –       yes
      `,
    )
  })

  it('with a draft of a post that somebody else wrote', () => {
    assertPolicy(
      policyTable(posts.actions, (actor, action) =>
        posts.may(actor, action, { ...THEIRS, published: false }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes      yes      yes      yes
        create              –        –       yes       –        –       yes
        show                –        –        –        –        –       yes
        update              –        –        –        –        –       yes
        publish             –        –        –        –        –       yes
        unpublish           –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
      `,
    )
  })

  it('with a draft of a post of their own', () => {
    assertPolicy(
      policyTable(posts.actions, (actor, action) =>
        posts.may(actor, action, { ...THEIRS, authorId: personIdOf(actor), published: false }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes      yes      yes      yes
        create              –        –       yes       –        –       yes
        show                –        –       yes      yes      yes      yes
        update              –        –       yes      yes      yes      yes
        publish             –        –       yes      yes      yes      yes
        unpublish           –        –       yes      yes      yes      yes
        delete              –        –       yes      yes      yes      yes
      `,
    )
  })

  it('with a published post that they edit', () => {
    assertPolicy(
      policyTable(posts.actions, (actor, action) =>
        posts.may(actor, action, { ...THEIRS, editorId: personIdOf(actor), published: true }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes      yes      yes      yes
        create              –        –       yes       –        –       yes
        show                –        –       yes      yes      yes      yes
        update              –        –       yes      yes      yes      yes
        publish             –        –       yes      yes      yes      yes
        unpublish           –        –       yes      yes      yes      yes
        delete              –        –        –        –        –        –
      `,
    )
  })

  it('with somebody who has no role', () => {
    assertPolicy(
      policyTable(people.actions, (actor, action) =>
        people.may(actor, action, { id: 99, ...ROLELESS }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes      yes      yes      yes
        search              –        –       yes      yes      yes      yes
        show                –        –       yes      yes      yes      yes
        create              –        –       yes      yes      yes      yes
        update              –        –       yes      yes      yes      yes
        updateEmail         –        –        –        –        –       yes
        setRoles            –        –        –        –        –       yes
        merge               –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
        masquerade          –        –        –        –        –       yes
      `,
    )
  })

  it('with somebody who hosts', () => {
    assertPolicy(
      policyTable(people.actions, (actor, action) =>
        people.may(actor, action, { id: 99, ...ROLELESS, host: true }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes      yes      yes      yes
        search              –        –       yes      yes      yes      yes
        show                –        –       yes      yes      yes      yes
        create              –        –       yes      yes      yes      yes
        update              –        –        –        –        –       yes
        updateEmail         –        –        –        –        –       yes
        setRoles            –        –        –        –        –       yes
        merge               –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
        masquerade          –        –        –        –        –       yes
      `,
    )
  })

  it('with an administrator', () => {
    assertPolicy(
      policyTable(people.actions, (actor, action) =>
        people.may(actor, action, { id: 99, ...ROLELESS, admin: true }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes      yes      yes      yes
        search              –        –       yes      yes      yes      yes
        show                –        –       yes      yes      yes      yes
        create              –        –       yes      yes      yes      yes
        update              –        –        –        –        –       yes
        updateEmail         –        –        –        –        –       yes
        setRoles            –        –        –        –        –       yes
        merge               –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
        masquerade          –        –        –        –        –        –
      `,
    )
  })

  it('with themselves', () => {
    assertPolicy(
      policyTable(people.actions, (actor, action) =>
        people.may(actor, action, { id: personIdOf(actor), ...ROLELESS, editor: true }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes      yes      yes      yes
        search              –        –       yes      yes      yes      yes
        show                –        –       yes      yes      yes      yes
        create              –        –       yes      yes      yes      yes
        update              –        –       yes      yes      yes      yes
        updateEmail         –        –        –        –        –       yes
        setRoles            –        –        –        –        –       yes
        merge               –        –        –        –        –       yes
        delete              –        –        –        –        –        –
        masquerade          –        –        –        –        –        –
      `,
    )
  })

  it('with topics', () => {
    assertPolicy(
      policyTable(topics.actions, (actor, action) => topics.may(actor, action)),
      `
                          visitor  member   editor   other    host     admin
        search              –        –       yes      yes      yes      yes
        list                –        –        –        –        –       yes
        show                –        –        –        –        –       yes
        create              –        –        –        –        –       yes
        update              –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
      `,
    )
  })

  it('with what was mailed', () => {
    assertPolicy(
      policyTable(mailing.actions, (actor, action) =>
        mailing.may(actor, action, { podcastId: LOCAL_TIME }),
      ),
      `
                          visitor  member   editor   other    host     admin
        list                –        –       yes      yes      yes      yes
        listAll             –        –        –        –        –       yes
        count               –        –        –        –       yes      yes
      `,
    )
  })

  it('with sponsors', () => {
    assertPolicy(
      policyTable(sponsors.actions, (actor, action) =>
        sponsors.may(actor, action, { repIds: [10] }),
      ),
      `
                          visitor  member   editor   other    host     admin
        search              –        –        –       yes      yes      yes
        list                –        –        –        –        –       yes
        show                –        –        –        –        –       yes
        create              –        –        –        –        –       yes
        update              –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
        report              –       yes       –        –        –       yes
      `,
    )
  })

  it('with redirects', () => {
    assertPolicy(
      policyTable(redirects.actions, (actor, action) => redirects.may(actor, action)),
      `
                          visitor  member   editor   other    host     admin
        list                –        –        –        –        –       yes
        show                –        –        –        –        –       yes
        create              –        –        –        –        –       yes
        update              –        –        –        –        –       yes
        delete              –        –        –        –        –       yes
      `,
    )
  })
})
