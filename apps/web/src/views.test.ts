import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readViews } from './views.ts'

const VIEWS = new URL('../views', import.meta.url).pathname

/** Values typed SafeHtml, by the name a view knows them by. */
const SAFE = [
  'it.body',
  'jsonLd',
  'assets',
  'adminAssets',
  'descriptionHtml',
  'notesHtml',
  'bioHtml',
  'transcriptHtml',
  'bodyHtml',
  'storyHtml',
  'noteHtml',
  'comment.html',
  'form.preview',
  'it.html',
]

describe('the views', () => {
  it('write nothing raw but partials, the body of a layout, and what is typed SafeHtml', () => {
    const raw = everyView().flatMap(({ file, text }) =>
      Array.from(text.matchAll(/<%~\s*(.*?)\s*%>/gs), ([, value = '']) => ({ file, value })),
    )
    const suspicious = raw.filter(
      ({ value }) => !value.startsWith('include(') && !SAFE.some((name) => value.endsWith(name)),
    )

    assert.ok(raw.length > 30)
    assert.deepEqual(suspicious, [])
  })

  it('stay small enough to be read at a glance', () => {
    const lengths = everyView().map(({ text }) => text.trimEnd().split('\n').length)

    assert.ok(Math.max(...lengths) <= 150)
    assert.ok((lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0) <= 25)
  })
})

describe('readViews', () => {
  it('escapes what it is given and includes partials beside the view', () => {
    const views = readViews(
      folder({
        'page.eta': `<b><%= it.name %></b><%~ include('./_part', { x: 1 }) %>`,
        '_part.eta': '<%= it.x %>',
      }),
    )

    assert.equal(views.render('page', { name: `<i> & "'` }), '<b>&lt;i&gt; &amp; &quot;&#39;</b>1')
  })

  it('names the file of a view that does not compile', () => {
    const views = folder({ 'broken.eta': '<% if (it.x { %>' })

    assert.throws(() => readViews(views), /The view .*broken\.eta does not compile/)
  })

  it('misses a partial while starting, not when a visitor comes', () => {
    const views = folder({ 'page.eta': `<%~ include('/parts/_gone') %>` })

    assert.throws(
      () => readViews(views),
      /page\.eta.*"\/parts\/_gone".*no view "parts\/_gone\.eta"/,
    )
  })

  it('reads the files again for every page when asked to', () => {
    const directory = folder({ 'page.eta': 'before' })
    const [kept, reread] = [readViews(directory), readViews(directory, { reread: true })]
    writeFileSync(join(directory, 'page.eta'), 'after')

    assert.deepEqual([kept.render('page', {}), reread.render('page', {})], ['before', 'after'])
  })
})

function everyView(): { file: string; text: string }[] {
  return readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.eta'))
    .map((file) => ({ file, text: readFileSync(join(VIEWS, file), 'utf8') }))
}

function folder(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'showrunner-views-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)

  return directory
}
