import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { agrees, claimsOf } from './claims.ts'
import { readPage } from './page.ts'

const FENCE = '```'
const page = (...lines: string[]) => readPage(lines.join('\n'))
const code = (...lines: string[]) =>
  page(`${FENCE}ts`, ...lines, FENCE)
    .source.split('\n')
    .slice(1, -1)

describe('a page as a program', () => {
  it('has every line where the page has it', () => {
    const { source } = page(
      '# Title',
      `${FENCE}ts`,
      'one()',
      FENCE,
      'Text.',
      `${FENCE}ts`,
      'two()',
      FENCE,
    )
    assert.deepEqual(source.split('\n'), ['', '', 'one()', '', '', '', 'two()', ''])
  })

  it('takes hidden set-up along, and leaves other languages', () => {
    const { source, sql } = page('<!-- setup', 'one()', '-->', `${FENCE}sql`, 'select 1', FENCE)
    assert.deepEqual([source.trim(), sql], ['one()', ''])
  })

  it('keeps what is to be run in its database apart', () => {
    assert.equal(page(`${FENCE}sql run`, 'select 1;', FENCE).sql, 'select 1;')
  })

  it('imports each name once', () => {
    const { source } = page(
      `${FENCE}ts`,
      "import { a, type B } from 'x'",
      FENCE,
      `${FENCE}ts`,
      "import {\n  B,\n  c,\n} from 'x'",
      FENCE,
    )
    assert.deepEqual(source.match(/import.*/g), [
      "import { a, type B } from 'x'",
      "import { c } from 'x'",
    ])
    assert.equal(source.split('\n').length, 9)
  })

  it('imports a module by its own name once', () => {
    const block = [`${FENCE}ts no-run`, "import assert from 'a'", "import 'b'", FENCE]
    const { source } = page(...block, ...block)
    assert.deepEqual(source.match(/import .*?'/g)?.length, 2)
  })

  it('compiles a block that is not to run', () => {
    const { source } = page(`${FENCE}ts no-run`, 'fail()', FENCE)
    assert.deepEqual(source.split('\n'), ['; void (async () => {', 'fail()', '})'])
  })

  it('refuses a block without an end', () => {
    assert.throws(() => page('', `${FENCE}ts`, 'one()'), /line 2: the block .* has no end/)
  })
})

describe('a claim', () => {
  it('is about the expression before it', () => {
    assert.deepEqual(code('one() // => 1'), ['$claims.value(2, (one()), "1")'])
  })

  it('is about all lines of it', () => {
    assert.deepEqual(code('two()', 'await one(', '  two(),', ') // => 1'), [
      'two()',
      '$claims.value(5, (await one(',
      '  two(),',
      ')), "1")',
    ])
  })

  it('is about a const by its name', () => {
    assert.deepEqual(code('const row = one() // => 1'), [
      'const row = one(); $claims.value(2, row, "1")',
    ])
  })

  it('stands below, and goes on in deeper lines', () => {
    assert.deepEqual(code('one()', '// => [1,', '//     2]', '// Text.'), [
      '$claims.value(3, (one()), "[1, 2]")',
      '',
      '//     2]',
      '// Text.',
    ])
  })

  it('keeps the condition it is made under', () => {
    assert.deepEqual(code('if (!one(2)) two() // => 1'), [
      'if (!one(2)) $claims.value(2, (two()), "1")',
    ])
  })

  it('may be about an error', () => {
    assert.deepEqual(code('one() // throws RangeError: no'), [
      'await $claims.error(2, async () => (one()), "RangeError: no")',
    ])
  })

  it('is refused about what has no value', () => {
    assert.throws(() => code('return one() // => 1'), /line 2: a claim is about an expression/)
  })
})

describe('what is claimed', () => {
  it('agrees with what is printed, white space outside of strings aside', () => {
    assert.ok(agrees("{ a: [ 1, 2 ], b: 'x y' }", "{a: [1, 2,],\n b: 'x y'}"))
    assert.equal(agrees("'x y'", "'xy'"), false)
  })

  it('agrees with anything where it says …', () => {
    assert.ok(agrees("{ id: 7, slug: 'x' }", "{ …, slug: 'x' }"))
    assert.equal(agrees("{ id: 7, slug: 'y' }", "{ …, slug: 'x' }"), false)
  })

  it('is wrong by page and line, all of it at once', async () => {
    const claims = claimsOf('page.md', [3, 4, 5])
    claims.value(3, { a: 1 }, '{ a: 2 }')
    await claims.error(4, async () => 'fine', 'RangeError')
    assert.throws(() => claims.settle(), {
      message:
        'page.md:3 says { a: 2 }\n  but it is { a: 1 }\n' +
        "page.md:4 says throws RangeError\n  but it is no error, it gives 'fine'\n" +
        'page.md:5 is never reached',
    })
  })

  it('takes an error by its name, or by how its message begins too', async () => {
    const claims = claimsOf('page.md', [1, 2])
    const fail = () => Promise.reject(new RangeError('no  such\npage'))
    await claims.error(1, fail, 'RangeError')
    await claims.error(2, fail, 'RangeError: no such')
    assert.doesNotThrow(() => claims.settle())
  })
})
