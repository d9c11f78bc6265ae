import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from } from '@showrunner/data'
import { Episode, getEpisodeSheet } from '@showrunner/domain/episodes'
import { getPost } from '@showrunner/domain/posts'
import { getSettings } from '@showrunner/domain/settings'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { createTopic, getTopic, Topic } from '@showrunner/domain/topics'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

/** What a form sends: the values of its fields as they stand in the page. */
function fieldsIn(html: string): Record<string, string> {
  const form = /<form class="sheet"[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
  const sent = form.replaceAll(/<(template|noscript)>[\s\S]*?<\/\1>/g, '')
  const inputs = sent.matchAll(/<input[^>]*?\bname="([^"]+)"[^>]*?\bvalue="([^"]*)"/g)
  const texts = sent.matchAll(/<textarea[^>]*?\bname="([^"]+)"[^>]*>([^<]*)/g)
  const pairs = [...inputs, ...texts].filter(([tag]) => !tag.includes('checkbox'))
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
  )
}

describe('two people who edit the same', () => {
  it(
    'episode are told, and neither loses anything',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { id } = await anEpisode(repo, podcast, { slug: 'tides', title: 'Tides', notes: 'Old' })
      await aPerson(repo, 'Grace Hopper', { handle: 'grace' })
      const [ada, zoe] = [
        await inAdmin(repo, { hostOf: [podcast], name: 'Ada Byron' }),
        await inAdmin(repo, { hostOf: [podcast], name: 'Zoe Example' }),
      ]
      const edit = `/admin/podcasts/${podcast.id}/episodes/${id}/edit`
      const opened = { ada: await ada.get(edit), zoe: await zoe.get(edit) }

      const first = await ada.post(edit, {
        ...fieldsIn(opened.ada.html),
        notes: 'From Ada',
        'episodeGuests[1000][person]': 'grace',
        'episodeGuests[1000][role]': 'guest',
      })
      const second = await zoe.post(edit, { ...fieldsIn(opened.zoe.html), title: 'Tides & time' })

      assert.equal(first.status, 303)
      assert.equal(second.status, 422)
      await assertValidHtml(second.html)
      assert.match(second.html, /By Ada Byron/)
      assert.match(second.html, /Ada Byron added Grace Hopper/)
      assert.equal((await repo.getOrThrow(from(Episode), id)).title, 'Tides')
      const again = await zoe.post(edit, fieldsIn(second.html))

      assert.equal(again.status, 303)
      const { title, notes, episodeGuests } = await getEpisodeSheet(repo, podcast.id, id)
      assert.deepEqual([title, notes], ['Tides & time', 'From Ada'])
      assert.equal(episodeGuests.length, 1)
    }),
  )

  it(
    'field see both',
    sandboxed(async (repo) => {
      const made = await createTopic(repo, { name: 'Privacy', slug: 'privacy' })
      assert.ok(made.ok)
      const [ada, zoe] = [
        await inAdmin(repo, { admin: true, name: 'Ada Byron' }),
        await inAdmin(repo, { admin: true, name: 'Zoe Example' }),
      ]
      const edit = `/admin/topics/${made.value.id}/edit`
      const opened = fieldsIn((await zoe.get(edit)).html)
      await ada.post(edit, { ...opened, name: 'Private life' })

      const refused = await zoe.post(edit, { ...opened, name: 'Privacy at home' })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /Private life/)
      assert.match(refused.html, /You changed it too:<\/strong> <q dir="auto">Privacy at home/)
      await zoe.post(edit, fieldsIn(refused.html))
      assert.equal((await getTopic(repo, 'privacy')).name, 'Privacy at home')
    }),
  )

  it(
    'post are told, and neither its people nor its topics are undone',
    sandboxed(async (repo) => {
      const author = await aPerson(repo, 'Grace Hopper', { handle: 'grace' })
      await aPerson(repo, 'Mary Shelley', { handle: 'mary' })
      const { id } = await aPost(repo, author, { slug: 'tides', title: 'Tides' })
      await repo.insertOrThrow(build(Topic, { name: 'Privacy', slug: 'privacy' }))
      const [ada, zoe] = [
        await inAdmin(repo, { admin: true, name: 'Ada Byron' }),
        await inAdmin(repo, { admin: true, name: 'Zoe Example' }),
      ]
      const edit = `/admin/posts/${id}/edit`
      const opened = fieldsIn((await zoe.get(edit)).html)
      const first = await ada.post(edit, {
        ...opened,
        author: 'Mary Shelley (mary)',
        subtitle: 'Hers',
        'postTopics[1000][topic]': 'privacy',
      })

      const refused = await zoe.post(edit, { ...opened, title: 'Tides & time' })

      assert.deepEqual([first.status, refused.status], [303, 422])
      await assertValidHtml(refused.html)
      assert.match(refused.html, /By Ada Byron/)
      const again = await zoe.post(edit, fieldsIn(refused.html))
      assert.equal(again.status, 303)
      const post = await getPost(repo, id)
      assert.deepEqual(
        [post.title, post.subtitle, post.author.handle, post.topics.map(({ slug }) => slug)],
        ['Tides & time', 'Hers', 'mary', ['privacy']],
      )
    }),
  )

  it(
    'settings are told',
    sandboxed(async (repo) => {
      const [ada, zoe] = [
        await inAdmin(repo, { admin: true, name: 'Ada Byron' }),
        await inAdmin(repo, { admin: true, name: 'Zoe Example' }),
      ]
      const opened = fieldsIn((await zoe.get('/admin/settings')).html)
      await ada.post('/admin/settings', { ...opened, title: 'Longshed', tagline: 'From Ada' })

      const refused = await zoe.post('/admin/settings', { ...opened, title: 'Shortshed' })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /You changed it too:<\/strong> <q dir="auto">Shortshed/)
      assert.equal((await zoe.post('/admin/settings', fieldsIn(refused.html))).status, 303)
      const { title, tagline } = await getSettings(repo)
      assert.deepEqual([title, tagline], ['Shortshed', 'From Ada'])
    }),
  )
})
