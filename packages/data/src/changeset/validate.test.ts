import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build, rowWith } from '../schema/instance.ts'
import { type Values } from '../schema/row.ts'
import { embedded } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { Comment, Post } from '../testing/post.ts'
import { cast } from './cast.ts'
import { change } from './change.ts'
import { addError, type Changeset, withChanges, withState } from './changeset.ts'
import { length } from './length.ts'
import { errorMessages } from './messages.ts'
import { number } from './number.ts'
import { check, validate, type Validator } from './rule.ts'
import {
  acceptance,
  confirmation,
  exclusion,
  format,
  inclusion,
  required,
  subset,
} from './validate.ts'

type Posts = Changeset<typeof Post>

function checked(changes: Values<typeof Post>, ...rules: Validator<typeof Post>[]): Posts {
  return check(change(build(Post), changes), ...rules)
}

function messages(changes: Values<typeof Post>, ...rules: Validator<typeof Post>[]): unknown {
  return errorMessages(checked(changes, ...rules))
}

function metaOf({ errors }: Posts, field: string): unknown {
  return errors[field]?.[0]?.meta
}

function known({ validations }: Posts): unknown {
  return validations.map(({ field, name, options }) => [field, name, options])
}

describe('validate_change/3,4', () => {
  it('takes a rule of your own, which knows the type', () => {
    const rule = validate<typeof Post, 'title'>('title', (title) =>
      title.endsWith('.')
        ? ['ends with a full stop', { message: 'really', meta: { a: 1 } }]
        : undefined,
    )
    assert.deepEqual(messages({ title: 'Emma' }, rule), {})
    assert.deepEqual(messages({ title: 'Emma.' }, rule), {
      title: ['ends with a full stop', 'really'],
    })
    // @ts-expect-error a title has no such method
    validate<typeof Post, 'title'>('title', (title) => title.toFixed())
  })

  it('may find what is wrong with another field', () => {
    const rule = validate<typeof Post, 'title'>('title', () => ({
      field: 'body',
      message: 'is odd',
    }))
    assert.deepEqual(messages({ title: 'x' }, rule), { body: ['is odd'] })
  })

  it('runs only where the field has a change that is not null', () => {
    const never = validate<typeof Post, 'body'>('body', () => 'is here')
    assert.deepEqual(messages({}, never), {})
    const emptied = check(change(build(Post, { body: 'x' }), { body: null }), never)
    assert.deepEqual(emptied.errors, {})
  })

  it('records what it is told to', () => {
    const rule = validate<typeof Post, 'title'>('title', () => undefined, { name: 'proper', of: 2 })
    assert.deepEqual(known(checked({}, rule)), [['title', 'proper', { of: 2 }]])
    assert.deepEqual(
      known(
        checked(
          {},
          validate('title', () => undefined),
        ),
      ),
      [],
    )
  })

  it('is not run for a field without a change, whatever it is called', () => {
    const Odd = embedded({ constructor: t.string().nullable() })
    const rule = validate<typeof Odd, 'constructor'>('constructor', () => 'is odd')
    assert.equal(check(change(build(Odd)), rule).valid, true)
  })

  it('raises for an unknown field', () => {
    const rule = () => 'is odd'
    // @ts-expect-error there is no such field
    assert.throws(() => checked({}, validate('titel', rule)), { name: 'UnknownFieldError' })
  })
})

describe('validate_required/3', () => {
  it('looks at the change, or else at the row', () => {
    const stored = build(Post, { title: 'Emma' })
    assert.deepEqual(errorMessages(check(change(stored), required('title', 'body'))), {
      body: ["can't be blank"],
    })
    assert.deepEqual(metaOf(checked({}, required('body')), 'body'), { validation: 'required' })
  })

  it('takes blank text and null for nothing, and drops the change', () => {
    const blank = check(change(build(Post, { title: 'Emma' }), { title: '  ' }), required('title'))
    assert.deepEqual(errorMessages(blank), { title: ["can't be blank"] })
    assert.deepEqual(blank.changes, {})
  })

  it('adds nothing to a field that failed already', () => {
    const failed = cast(build(Post), { body: 1 }, ['body'])
    assert.deepEqual(errorMessages(check(failed, required('body'))), { body: ['is invalid'] })
  })

  it('is remembered, for forms, each field once', () => {
    assert.deepEqual(checked({}, required('title'), required('title', 'body')).required, [
      'title',
      'body',
    ])
    assert.deepEqual(checked({}, required('title')).validations, [])
  })

  it('takes a message of yours', () => {
    const rule = required<typeof Post>(['body'], { message: { message: 'is it?', meta: { a: 1 } } })
    const changeset = checked({}, rule)
    assert.deepEqual(errorMessages(changeset), { body: ['is it?'] })
    assert.deepEqual(metaOf(changeset, 'body'), { validation: 'required', a: 1 })
  })

  it('of an association wants a row, and refuses one that was not loaded', () => {
    assert.deepEqual(messages({}, required('comments')), { comments: ["can't be blank"] })
    const some = change(build(Post, { comments: [build(Comment)] }))
    assert.equal(check(some, required('comments')).valid, true)
    const stored = change(rowWith(build(Post, { id: 1 }), 'loaded'))
    assert.throws(() => check(stored, required('comments')), { name: 'AssociationNotLoadedError' })
  })

  it('does not compile for a field that does not exist', () => {
    // @ts-expect-error there is no such field
    assert.throws(() => checked({}, required('titel')), { name: 'UnknownFieldError' })
  })
})

describe('validate_format/4', () => {
  it('matches text', () => {
    const global = /^\d+$/g
    assert.deepEqual(messages({ body: 'x' }, format('body', global)), {
      body: ['has invalid format'],
    })
    assert.deepEqual(messages({ body: '1' }, format('body', global), format('body', global)), {})
    const changeset = checked({ body: 'x' }, format('body', /\d/, 'needs a digit'))
    assert.deepEqual(errorMessages(changeset), { body: ['needs a digit'] })
    assert.deepEqual(metaOf(changeset, 'body'), { validation: 'format' })
    assert.deepEqual(known(changeset), [['body', 'format', { pattern: /\d/ }]])
  })

  it('takes a message with meta', () => {
    const message = { message: 'needs %{what}', meta: { what: 'a digit' } }
    assert.deepEqual(messages({ body: 'x' }, format('body', /\d/, message)), {
      body: ['needs a digit'],
    })
  })

  it('raises for what is no text, and does not show what is redacted', () => {
    assert.throws(() => checked({ upvotes: 12 }, format('upvotes', /\d/)), {
      name: 'ChangesetError',
      message: 'format() is for text, and "upvotes" of "posts" would be 12.',
    })
    const Secret = embedded({ pin: t.integer().redact() })
    assert.throws(
      () => check(change(build(Secret), { pin: 1234 }), format('pin', /\d/)),
      /"pin" of an embedded schema would be \*\*redacted\*\*/,
    )
  })
})

describe('validate_inclusion/3', () => {
  it('wants one of the values', () => {
    const changeset = checked({ title: 'x' }, inclusion('title', ['a', 'b']))
    assert.deepEqual(errorMessages(changeset), { title: ['is invalid'] })
    assert.deepEqual(metaOf(changeset, 'title'), { validation: 'inclusion', enum: ['a', 'b'] })
    assert.deepEqual(messages({ title: 'a' }, inclusion('title', ['a', 'b'])), {})
    assert.deepEqual(messages({ title: 'x' }, inclusion('title', ['a'], 'yuck')), {
      title: ['yuck'],
    })
    // @ts-expect-error upvotes are numbers
    inclusion<typeof Post, 'upvotes'>('upvotes', ['1'])
  })

  it('with decimal does semantic comparison', () => {
    assert.deepEqual(messages({ decimal: '1.00' }, inclusion('decimal', ['1'])), {})
    assert.deepEqual(messages({ decimal: '2' }, inclusion('decimal', ['1'])), {
      decimal: ['is invalid'],
    })
  })
})

describe('validate_subset/3', () => {
  it('wants each element to be one of the values', () => {
    const changeset = checked({ topics: ['cat', 'laptop'] }, subset('topics', ['cat', 'dog']))
    assert.deepEqual(errorMessages(changeset), { topics: ['has an invalid entry'] })
    assert.deepEqual(metaOf(changeset, 'topics'), { validation: 'subset', enum: ['cat', 'dog'] })
    assert.deepEqual(messages({ topics: ['cat'] }, subset('topics', ['cat', 'dog'])), {})
    assert.deepEqual(messages({ topics: [] }, subset('topics', ['cat'])), {})
    // @ts-expect-error topics are text
    subset<typeof Post, 'topics'>('topics', [1])
  })

  it('with decimal does semantic comparison', () => {
    assert.deepEqual(messages({ scores: ['1.0', '2'] }, subset('scores', ['1', '2.00'])), {})
  })

  it('raises for what is no list', () => {
    // @ts-expect-error a title is no list
    assert.throws(() => checked({ title: 'x' }, subset('title', ['x'])), {
      message: /subset\(\) is for lists, and "title" of "posts" would be 'x'/,
    })
  })
})

describe('validate_exclusion/3', () => {
  it('wants none of the values', () => {
    const changeset = checked({ title: 'new' }, exclusion('title', ['new']))
    assert.deepEqual(errorMessages(changeset), { title: ['is reserved'] })
    assert.deepEqual(metaOf(changeset, 'title'), { validation: 'exclusion', enum: ['new'] })
    assert.deepEqual(messages({ title: 'old' }, exclusion('title', ['new'])), {})
    assert.deepEqual(messages({ decimal: '1.0' }, exclusion('decimal', ['1'])), {
      decimal: ['is reserved'],
    })
  })
})

describe('validate_length/3', () => {
  it('with string', () => {
    assert.deepEqual(messages({ title: 'world' }, length('title', { min: 3, max: 7 })), {})
    assert.deepEqual(messages({ title: 'world' }, length('title', { is: 10 })), {
      title: ['should be 10 character(s)'],
    })
    assert.deepEqual(messages({ title: 'w' }, length('title', { min: 2 })), {
      title: ['should be at least 2 character(s)'],
    })
    const changeset = checked({ title: 'world' }, length('title', { max: 4 }))
    assert.deepEqual(errorMessages(changeset), { title: ['should be at most 4 character(s)'] })
    assert.deepEqual(metaOf(changeset, 'title'), {
      count: 4,
      validation: 'length',
      kind: 'max',
      type: 'string',
    })
    assert.deepEqual(messages({ title: 'x' }, length('title', { min: 2, message: 'yuck' })), {
      title: ['yuck'],
    })
    assert.deepEqual(known(changeset), [['title', 'length', { max: 4, count: 'graphemes' }]])
  })

  it('counts graphemes, codepoints or bytes', () => {
    const family = { title: '👩‍👩‍👧é\r\n' }
    assert.deepEqual(messages(family, length('title', { is: 3 })), {})
    assert.deepEqual(messages(family, length('title', { is: 8, count: 'codepoints' })), {})
    assert.deepEqual(messages(family, length('title', { max: 21, count: 'bytes' })), {
      title: ['should be at most 21 byte(s)'],
    })
  })

  it('with binary', () => {
    const changeset = checked({ key: Buffer.from('éa') }, length('key', { is: 2 }))
    assert.deepEqual(errorMessages(changeset), { key: ['should be 2 byte(s)'] })
    assert.equal(Reflect.get(metaOf(changeset, 'key') as object, 'type'), 'binary')
  })

  it('with list', () => {
    assert.deepEqual(messages({ topics: ['a'] }, length('topics', { min: 2 })), {
      topics: ['should have at least 2 item(s)'],
    })
    assert.deepEqual(messages({ topics: ['a'] }, length('topics', { is: 1 })), {})
  })

  it('with map', () => {
    assert.deepEqual(messages({ options: { a: 1, b: 2 } }, length('options', { max: 1 })), {
      options: ['should have at most 1 item(s)'],
    })
  })

  it('with associations: counts the rows that stay', () => {
    const comments = (['replace', 'delete', 'insert'] as const).map((action) =>
      withState(change(build(Comment)), { action }),
    )
    const changeset = withChanges(change(build(Post)), { comments })
    assert.equal(check(changeset, length('comments', { is: 1 })).valid, true)
    assert.deepEqual(errorMessages(check(changeset, length('comments', { min: 2 }))), {
      comments: ['should have at least 2 item(s)'],
    })
  })

  it('with bad options', () => {
    const options: object = { maximum: 3 }
    assert.throws(() => length<typeof Post>('title', options), {
      name: 'ChangesetError',
      message:
        /^unknown option "maximum" given to length\(\) for "title"\. .*Known options: is, min, max/,
    })
  })

  it('raises for what has no length', () => {
    assert.throws(() => checked({ upvotes: 12 }, length('upvotes', { is: 2 })), {
      message: 'length() is for text, lists and objects, and "upvotes" of "posts" would be 12.',
    })
  })
})

describe('validate_number/3', () => {
  const broken = (upvotes: number, limits: Parameters<typeof number>[1]) =>
    messages({ upvotes }, number('upvotes', limits))

  it('keeps its limits', () => {
    assert.deepEqual(
      broken(3, { greaterThan: 0, lessThan: 4, atLeast: 3, atMost: 3, equalTo: 3 }),
      {},
    )
    assert.deepEqual(broken(3, { lessThan: 3 }), { upvotes: ['must be less than 3'] })
    assert.deepEqual(broken(3, { greaterThan: 3 }), { upvotes: ['must be greater than 3'] })
    assert.deepEqual(broken(3, { atMost: 2 }), { upvotes: ['must be less than or equal to 2'] })
    assert.deepEqual(broken(3, { atLeast: 4 }), { upvotes: ['must be greater than or equal to 4'] })
    assert.deepEqual(broken(3, { equalTo: 4 }), { upvotes: ['must be equal to 4'] })
    assert.deepEqual(broken(3, { notEqualTo: 3 }), { upvotes: ['must be not equal to 3'] })
  })

  it('reports the first limit that is broken, and which it was', () => {
    const changeset = checked({ upvotes: -1 }, number('upvotes', { greaterThan: 0, atLeast: 5 }))
    assert.deepEqual(errorMessages(changeset), { upvotes: ['must be greater than 0'] })
    assert.deepEqual(metaOf(changeset, 'upvotes'), {
      validation: 'number',
      kind: 'greaterThan',
      number: 0,
    })
    assert.deepEqual(broken(-1, { greaterThan: 0, message: 'more' }), { upvotes: ['more'] })
  })

  it('with decimal: digit by digit', () => {
    const large = { decimal: '9007199254740993.1' }
    assert.deepEqual(messages(large, number('decimal', { atMost: '9007199254740993.1' })), {})
    assert.deepEqual(messages(large, number('decimal', { lessThan: '9007199254740993.1' })), {
      decimal: ['must be less than 9007199254740993.1'],
    })
    assert.deepEqual(messages({ decimal: '1.00' }, number('decimal', { equalTo: 1 })), {})
  })

  it('with bad options', () => {
    const options: object = { min: 0 }
    assert.throws(() => number<typeof Post>('upvotes', options), {
      name: 'ChangesetError',
      message:
        /unknown option "min" given to number\(\) for "upvotes"\..* Known options: lessThan, /,
    })
  })

  it('with bad value', () => {
    assert.throws(() => checked({ title: 'x' }, number('title', { greaterThan: 0 })), {
      message: `number() is for numbers, and "title" of "posts" would be 'x'.`,
    })
  })

  it('with bad target', () => {
    assert.throws(() => number<typeof Post>('upvotes', { greaterThan: 'many' }), {
      message: `expected greaterThan of number() for "upvotes" to be a number, got: 'many'`,
    })
  })
})

describe('validate_confirmation/3', () => {
  const sent = (params: object, ...rules: Validator<typeof Post>[]) =>
    errorMessages(check(cast(build(Post), params, ['title']), ...rules))

  it('wants the same twice, when it was sent', () => {
    assert.deepEqual(sent({ title: 'a', titleConfirmation: 'a' }, confirmation('title')), {})
    assert.deepEqual(sent({ title: 'a' }, confirmation('title')), {})
    const wrong = { titleConfirmation: ['does not match confirmation'] }
    assert.deepEqual(sent({ title: 'a', titleConfirmation: 'b' }, confirmation('title')), wrong)
    assert.deepEqual(sent({ title: 'a', titleConfirmation: null }, confirmation('title')), wrong)
    assert.deepEqual(messages({ title: 'a' }, confirmation('title')), {})
  })

  it('finds nothing sent twice to be the same, and looks at nothing where nothing was sent', () => {
    assert.deepEqual(sent({ titleConfirmation: null }, confirmation('title')), {})
    assert.deepEqual(messages({ title: 'a' }, confirmation('title', { required: true })), {})
  })

  it('wants it to be sent where it is required', () => {
    assert.deepEqual(sent({ title: 'a' }, confirmation('title', { required: true })), {
      titleConfirmation: ["can't be blank"],
    })
  })

  it('takes a message of yours', () => {
    const params = { title: 'a', titleConfirmation: 'b' }
    assert.deepEqual(sent(params, confirmation('title', 'differs')), {
      titleConfirmation: ['differs'],
    })
  })
})

describe('validate_acceptance/3', () => {
  const sent = (params: object) =>
    errorMessages(check(cast(build(Post), params, []), acceptance('terms')))

  it('wants a tick', () => {
    assert.deepEqual(sent({}), { terms: ['must be accepted'] })
    assert.deepEqual(sent({ terms: 'false' }), { terms: ['must be accepted'] })
    assert.deepEqual(sent({ terms: 'sure' }), { terms: ['must be accepted'] })
    assert.deepEqual(sent({ terms: 'true' }), {})
    assert.deepEqual(sent({ terms: true }), {})
  })

  it('asks nothing where nothing was sent at all', () => {
    assert.deepEqual(messages({}, acceptance('terms')), {})
  })
})

it('errors of several rules stay in the order of the rules', () => {
  const changeset = check(
    addError(change(build(Post), { title: 'x.' }), 'title', 'was odd'),
    length('title', { min: 3 }),
    format('title', /^[^.]+$/),
  )
  assert.deepEqual(errorMessages(changeset), {
    title: ['was odd', 'should be at least 3 character(s)', 'has invalid format'],
  })
})
