import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { de } from './de/index.ts'
import { en, wordsIn } from './index.ts'

const VIEWS = join(import.meta.dirname, '../../views')
const SOURCES = [join(import.meta.dirname, '..'), join(import.meta.dirname, '../../assets/scripts')]

/** The admin area and the mailbox of developers are in English. */
const ENGLISH = /^(admin|mailbox)\/|^layouts\/(_?admin|_palette)/

/** The same in both languages. */
const ALIKE = new Set([
  'account.profile.name',
  'account.profile.website',
  'account.report.columns.podcast',
  'account.report.columns.link',
  'account.report.columns.downloads',
  'dates.months.3',
  'dates.months.7',
  'dates.months.8',
  'dates.months.10',
  'episode.trailer',
  'episode.bonus',
  'episode.copyright',
  'episode.text',
  'episode.links',
  'frame.podcasts',
  'live.live',
  'live.chat',
  'liveScript.think',
  'parts.admin',
  'player.title',
  'podcast.website',
  'podcast.feed',
])

const views = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.eta') && !ENGLISH.test(file))
  .map((file) => ({ file, text: readFileSync(join(VIEWS, file), 'utf8') }))

describe('wordsIn', () => {
  it('knows a language by its first part, and speaks English where it does not', () => {
    assert.equal(wordsIn('de'), de)
    assert.equal(wordsIn('DE-at'), de)
    assert.equal(wordsIn('tlh'), en)
  })
})

describe('the texts of the site', () => {
  it('are there wherever a view shows one', () => {
    const asked = views.flatMap(({ file, text }) =>
      [...text.matchAll(/\bwords((?:\.\w+)+)/g)].map(([, path = '']) => ({ file, path })),
    )

    assert.ok(asked.length > 10)
    assert.deepEqual(
      asked.filter(({ path }) => !isText(at(path.slice(1).split('.')))),
      [],
    )
  })

  it('are all shown somewhere', () => {
    const sources = SOURCES.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.startsWith('words/'))
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    )
    const everything = [...sources, ...views.map(({ text }) => text)].join('\n')
    const unused = paths(en).filter(
      (path) => !new RegExp(`\\b${path.split('.').at(-1) ?? ''}\\b`).test(everything),
    )

    assert.deepEqual(unused, [])
  })

  it('are other words in another language', () => {
    const same = paths(en).filter((path) => {
      const [ours, theirs] = [at(path.split('.')), at(path.split('.'), de)]
      return typeof ours === 'string' && ours === theirs && !ALIKE.has(path)
    })

    assert.deepEqual(same, [])
  })

  it('stand in no view', () => {
    const own = views.flatMap(({ file, text }) => literals(text).map((said) => `${file}: ${said}`))

    assert.deepEqual(own, [])
    assert.deepEqual(
      views.filter(({ text }) => text.includes('lang="en"')),
      [],
    )
  })
})

/** What a view says by itself: its text, and what is read out of its attributes. Keys, commands and formats have one name. */
function literals(view: string): string[] {
  const markup = view.replaceAll(/<%[\s\S]*?%>/g, ' ')
  const attributes = [...markup.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"]*)"/g)].map(
    ([, value = '']) => value,
  )
  const text = markup.replaceAll(/<(style|script|code|kbd)\b[\s\S]*?<\/\1>/g, ' ').split(/<[^>]*>/)

  return [...attributes, ...text]
    .map((said) => said.trim())
    .filter((said) => /\p{L}/u.test(said) && !/^[A-Z]{3,4}$/.test(said))
}

function paths(words: object, before = ''): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? paths(value, `${before}${key}.`)
      : [`${before}${key}`],
  )
}

function at(path: readonly string[], words: unknown = en): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string, unknown>>)[key]
        : undefined,
    words,
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'function'
}
