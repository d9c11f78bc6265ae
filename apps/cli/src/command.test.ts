import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defineCommand } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import { readEnv } from './env.ts'
import { nearest } from './nearest.ts'

const echo = defineCommand({
  usage: '[--loud] <word>',
  about: 'Says a word.',
  options: {
    loud: { type: 'boolean', short: 'l', about: 'shout' },
    times: { type: 'string', value: '<n>', about: 'how often' },
  },
  words: [1, 1],
  examples: [['showrunner echo --loud hello', 'HELLO']],
  async run({ values, positionals }) {
    assert.deepEqual({ ...values }, { loud: true })
    return positionals[0] === 'hello' ? 7 : 1
  },
})

const env = readEnv({})

describe('a command', () => {
  it('is given its options and words', async () => {
    assert.equal(await echo.run('echo', ['-l', 'hello'], env), 7)
  })

  it('refuses an option it does not have, and says which was meant', async () => {
    await assert.rejects(echo.run('echo', ['--lout', 'hello'], env), {
      name: 'UsageError',
      message:
        'Unknown option "--lout" for echo. Did you mean "--loud"? See: showrunner echo --help',
    })
  })

  it('refuses a missing word, a word too many and an option without its value', async () => {
    await assert.rejects(echo.run('echo', [], env), /Something is missing/)
    await assert.rejects(echo.run('echo', ['a', 'b'], env), /Unexpected "b" for echo/)
    await assert.rejects(echo.run('echo', ['a', '--times'], env), { name: 'UsageError' })
  })

  it('explains itself', () => {
    assert.equal(
      echo.help('echo'),
      [
        'Usage: showrunner echo [--loud] <word>',
        '',
        'Says a word.',
        '',
        'Options:',
        '  -l, --loud   shout',
        '  --times <n>  how often',
        '  --help       show this',
        '',
        'Examples:',
        '  showrunner echo --loud hello  HELLO',
      ].join('\n'),
    )
  })
})

describe('showrunner import', () => {
  it('refuses an address that nobody can fetch before it opens a database', async () => {
    const { command } = (await COMMANDS['import']?.load()) ?? assert.fail()

    await assert.rejects(command.run('import', ['ftp://example.com/feed.xml'], env), {
      name: 'UsageError',
      message:
        '"ftp://example.com/feed.xml" cannot be fetched; expected an address with http or https, or a file.',
    })
  })
})

describe('every command', () => {
  it('has a usage, a paragraph and examples', async () => {
    for (const [name, { load }] of Object.entries(COMMANDS)) {
      const text = (await load()).command.help(name)
      assert.match(text, new RegExp(`^Usage: showrunner ${name}\\b[^]+\\nExamples:\\n  \\S`))
    }
  })
})

describe('nearest', () => {
  it('finds the name behind a slip of the finger, and none behind another word', () => {
    assert.equal(nearest('strat', Object.keys(COMMANDS)), 'start')
    assert.equal(nearest('migrations', Object.keys(COMMANDS)), undefined)
    assert.equal(nearest('tset', Object.keys(COMMANDS)), 'test')
  })
})
