import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Activity } from '../activity/index.ts'
import { Person } from '../people/index.ts'
import { repoFor, VISITOR } from '../policies/index.ts'
import { aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { type CsvReport, importSubscribers, previewSubscribers, Subscription } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const looked = async (repo: Repo, text: string) =>
  previewSubscribers(repo, await aPodcast(repo), text, NOW)

const added = ({ added: all }: CsvReport) => all.map(({ email, name }) => [email, name])
const problems = ({ problems: all }: CsvReport) => all.map(({ line, words }) => `${line} ${words}`)

describe('a table of subscribers', () => {
  it(
    'is read as spreadsheets and mail programs write it',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const read = async (text: string) => added(await previewSubscribers(repo, podcast, text, NOW))

      const ada = [['ada@x.example', 'Ada; Byron']]
      assert.deepEqual(await read('\uFEFF"E-mail";"Name"\r\nAda@X.example;"Ada; Byron"\r\n'), ada)
      assert.deepEqual(await read('Name\temail\rAda; Byron\tada@x.example\r'), ada)
      assert.deepEqual(await read('"Ada; Byron <ada@x.example>"\n'), ada)
      assert.deepEqual(await read('email,name\n<ada@x.example>,"Ada ""the first"""'), [
        ['ada@x.example', 'Ada "the first"'],
      ])
    }),
  )

  it(
    'that has an address twice, or none, says where',
    sandboxed(async (repo) => {
      const report = await looked(
        repo,
        `email\nada@x.example\nADA@x.example\nnobody\n${'a'.repeat(300)}@x.example\n`,
      )

      assert.deepEqual(added(report), [['ada@x.example', '']])
      assert.deepEqual(
        problems(report).map((words) => words.slice(0, 24)),
        ['3 has an address that sta', '4 has no address in “nobo', '5 has no address in “aaaa'].map(
          (words) => words.slice(0, 24),
        ),
      )
    }),
  )

  it(
    'with a quote that nothing ends does not lose the rest unsaid',
    sandboxed(async (repo) => {
      const report = await looked(
        repo,
        'email,name\na@x.example,A\nb@x.example,"B\nc@x.example,C\n',
      )

      assert.deepEqual(added(report), [['a@x.example', 'A']])
      assert.match(problems(report).join(), /^3 has a quote that nothing ends/)
    }),
  )

  it(
    'that is too long is taken as far as it goes, and says how many lines are left',
    sandboxed(async (repo) => {
      const lines = Array.from({ length: 100_000 }, (_, count) => `n${count}@x.example,N ${count}`)
      const report = await looked(repo, ['email,name', ...lines].join('\n'))

      assert.equal(report.added.length, 2000)
      assert.match(problems(report).join(), /^2002 is where .* of the 98,000 that are left/)
    }),
  )

  it(
    'that was made to take for ever does not',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      for (const text of [
        '"'.repeat(2_000_000),
        ','.repeat(2_000_000),
        `a@${'.'.repeat(2_000_000)}@`,
        `x${' '.repeat(2_000_000)}<`,
      ])
        assert.equal((await previewSubscribers(repo, podcast, text, NOW)).added.length, 0)
    }),
  )

  it(
    'with names that are formulas or whole lines makes members with plain names',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const text = 'email,name\na@x.example,"=1+1"\nb@x.example,"Bo\nBcc: c@x.example\u0007"\n'

      await importSubscribers(repo, {}, { podcast, text, said: 'x' }, NOW)

      const people = await repo.all(from(Person).orderBy({ id: 'asc' }))
      assert.deepEqual(
        people.map(({ name, email }) => [name, email]),
        [
          ['=1+1', 'a@x.example'],
          ['Bo Bcc: c@x.example', 'b@x.example'],
        ],
      )
      assert.equal(await repo.count(Subscription), 2)
    }),
  )

  it(
    'is taken with as many statements however long it is, and those who are new are written down',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const admin = { ...VISITOR, person: await aPerson(repo, 'Ada Byron'), isAdmin: true }
      const acting = repoFor(admin, repo)
      await aPerson(repo, 'Sam', { email: 'there@x.example' })
      await aPerson(repo, 'Sam Two', { handle: 'sam-2' })
      const taken = async (lines: readonly string[]) => {
        let statements = 0
        const stop = repo.onQuery(() => void (statements += 1))
        const given = { podcast, text: `email,name,since\n${lines.join('\n')}`, said: 'A list.' }
        await importSubscribers(acting, admin, given, NOW)
        stop()
        return statements
      }

      const few = await taken(['there@x.example,Other', 'a@x.example,Sam,2026-03-01'])
      const named = ['new', 'Sam', '', '=1+1', '李']
      const many = await taken(
        Array.from({ length: 600 }, (_, count) => `n${count}@x.example,${named[count % 5]}`),
      )

      assert.equal(many, few)
      assert.equal(await repo.count(Subscription), 602)
      const { handle, id } = await repo.getByOrThrow(Person, { email: 'a@x.example' })
      assert.equal(handle, 'sam-3')
      const { confirmedAt, context, said } = await repo.getByOrThrow(Subscription, { personId: id })
      assert.deepEqual([confirmedAt, context, said], [new Date('2026-03-01'), 'list', 'A list.'])
      const handleOf = async (email: string) => (await repo.getByOrThrow(Person, { email })).handle
      assert.deepEqual(
        await Promise.all(['n0@x.example', 'n1@x.example', 'n2@x.example'].map(handleOf)),
        ['new-2', 'sam-4', 'n2'],
      )
      const made = await repo.all(
        from(Activity).where({ action: 'created', subjectType: 'person' }),
      )
      assert.equal(made.length, 601)
      const ofHer = made.find(({ subjectId }) => subjectId === id)
      assert.deepEqual(
        [ofHer?.personName, ofHer?.subjectTitle, ofHer?.subjectVersion, ofHer?.changes.rows],
        ['Ada Byron', 'Sam', 1, []],
      )
      assert.deepEqual(Object.keys(ofHer?.changes.fields ?? {}).toSorted(), [
        'email',
        'handle',
        'name',
      ])
    }),
  )
})
