import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defineMail, mailOf } from './index.ts'

const welcome = defineMail<{ readonly name: string }>({
  name: 'welcome',
  trigger: 'When somebody joins.',
  recipient: 'Whoever joined',
  example: { name: 'Ada' },
  write: {
    en: ({ name }, from) => ({ subject: `Welcome to ${from}`, parts: [`Hello ${name} <&>.`] }),
    de: ({ name }, from) => ({ subject: `Willkommen bei ${from}`, parts: [`Hallo ${name}.`] }),
  },
})

describe('a kind of mail', () => {
  it('is written for somebody, and as an example', () => {
    assert.equal(welcome.write({ name: 'Eve' }, 'Radio', 'en').parts[0], 'Hello Eve <&>.')
    assert.deepEqual(welcome.writeExample('Radio', 'en'), {
      subject: 'Welcome to Radio',
      parts: ['Hello Ada <&>.'],
    })
  })

  it('is written in the language that is asked for, and in English where it is in none of it', () => {
    const inAll = ['de', 'de-AT', 'fr'].map(
      (language) => welcome.writeExample('Radio', language).subject,
    )

    assert.deepEqual(inAll, ['Willkommen bei Radio', 'Willkommen bei Radio', 'Welcome to Radio'])
  })

  it('becomes a message with its subject for a title, as text and as HTML', () => {
    const words = welcome.writeExample('Radio', 'en')

    const mail = mailOf(words, {
      to: 'ada@example.com',
      fromName: 'Radio',
      replyTo: 'us@example.com',
      language: 'en',
    })

    assert.deepEqual(
      [mail.to, mail.replyTo, mail.subject],
      ['ada@example.com', 'us@example.com', words.subject],
    )
    assert.match(mail.text, /^Welcome to Radio\n\nHello Ada <&>\./)
    assert.match(
      mail.html,
      /<h1 dir="auto">Welcome to Radio<\/h1>\n<p dir="auto">Hello Ada &lt;&amp;&gt;\.<\/p>/,
    )
  })

  it('has a subject of one line, whatever that names', () => {
    const words = { subject: 'Clock\r\nBcc: all@example.com\u2028x', parts: [] }
    const mail = mailOf(words, {
      to: 'ada@example.com',
      fromName: 'Radio',
      replyTo: undefined,
      language: 'en',
    })

    assert.equal(mail.subject, 'Clock Bcc: all@example.com x')
    assert.match(mail.text, /^Clock Bcc: all@example\.com x\n/)
  })
})
