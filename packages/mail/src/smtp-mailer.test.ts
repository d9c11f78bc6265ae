import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AddressRefusedError, MailError, type Message, smtpMailer } from './index.ts'
import { fakeSmtp } from './testing/index.ts'

const MESSAGE: Message = {
  to: 'ada@example.com',
  fromName: 'Harbour Radio',
  subject: 'Sign in',
  text: 'Hello.\n.\nA line with a dot.\n',
  html: '<p>Hello.</p>',
}

const FROM = 'radio@radio.example'

describe('smtpMailer', () => {
  it('hands a mail to the server it is told, with the credentials it is given', async (t) => {
    const { url, taken, credentials } = await fakeSmtp(t)

    await smtpMailer({ url, from: FROM }).send(MESSAGE)

    assert.equal(taken.length, 1)
    assert.equal(taken[0]?.from, FROM)
    assert.deepEqual(taken[0].to, ['ada@example.com'])
    assert.match(taken[0].source, /^From: Harbour Radio <radio@radio\.example>$/m)
    assert.match(taken[0].source, /^Subject: Sign in$/m)
    assert.match(taken[0].source, /^Content-Type: text\/html/m)
    assert.match(taken[0].source, /Hello\.\n\.\nA line with a dot\./)
    assert.deepEqual(credentials, ['\0ines\0s3cret'])
  })

  it('writes to one address, whatever signs are in it', async (t) => {
    const { url, taken } = await fakeSmtp(t)
    const mailer = smtpMailer({ url, from: FROM })

    await mailer.send({ ...MESSAGE, to: 'o’neil+tag@example.com' })
    await mailer.send({ ...MESSAGE, to: '"a, b"@example.com' })
    const line = 'x@example.com>\r\nRCPT TO:<y@example.com'
    await mailer.send({ ...MESSAGE, to: line }).catch(() => undefined)

    assert.deepEqual(taken[0]?.to, ['o’neil+tag@example.com'])
    assert.deepEqual(taken[1]?.to, ['"a, b"@example.com'])
    assert.ok(taken.every(({ to }) => to.length === 1 && to[0] !== 'y@example.com'))
  })

  it('lets answers go to another address, where one is said', async (t) => {
    const { url, taken } = await fakeSmtp(t)
    const mailer = smtpMailer({ url, from: FROM })

    await mailer.send({ ...MESSAGE, replyTo: 'hello@radio.example' })
    await mailer.send(MESSAGE)

    assert.match(taken[0]?.source ?? '', /^Reply-To: hello@radio\.example$/m)
    assert.doesNotMatch(taken[1]?.source ?? '', /^Reply-To:/m)
  })

  it('says where a subscription ends with one click, in mails of one', async (t) => {
    const { url, taken } = await fakeSmtp(t)
    const mailer = smtpMailer({ url, from: FROM })
    const unsubscribeUrl = `https://radio.example/unsubscribe/${'a'.repeat(80)}`

    await mailer.send({ ...MESSAGE, unsubscribeUrl })
    await mailer.send(MESSAGE)

    const [first = '', second = ''] = taken.map(({ source }) => source)
    assert.ok(first.includes(`List-Unsubscribe: <${unsubscribeUrl}>`), first)
    assert.match(first, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
    assert.doesNotMatch(second, /List-Unsubscribe/)
  })

  it('lets nobody write headers through a subject or a name', async (t) => {
    const { url, taken } = await fakeSmtp(t)

    const sly = { subject: 'Hi\r\nBcc: eve@evil.example', fromName: 'X\r\nBcc: eve@evil.example' }
    await smtpMailer({ url, from: FROM }).send({ ...MESSAGE, ...sly })

    assert.deepEqual(taken[0]?.to, ['ada@example.com'])
    assert.doesNotMatch(taken[0].source, /^Bcc:/m)
  })

  it('writes a subject in any script, and of any length, in lines of ASCII', async (t) => {
    const { url, taken } = await fakeSmtp(t)
    const subject = `🎧 مرحبا ${'Nobody owns the tide table. '.repeat(20)}`

    await smtpMailer({ url, from: FROM }).send({ ...MESSAGE, subject, fromName: 'إذاعة 🌊' })

    const [head = ''] = (taken[0]?.source ?? '').split('\n\n', 1)
    assert.match(head, /^[\x20-\x7e\n]*$/)
    assert.ok(head.split('\n').every((line) => line.length <= 78))
    const words = /^Subject: (.*(?:\n .*)*)/m.exec(head)?.[1] ?? ''
    const decoded = words.replaceAll(
      /\s*=\?UTF-8\?([BQ])\?([^?]*)\?=/gi,
      (_whole, how: string, text: string) =>
        how.toUpperCase() === 'B'
          ? Buffer.from(text, 'base64').toString()
          : Buffer.from(
              text
                .replaceAll('_', ' ')
                .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) =>
                  String.fromCharCode(Number.parseInt(hex, 16)),
                ),
              'latin1',
            ).toString(),
    )
    assert.equal(decoded.trim(), subject.trim())
  })

  it('says what the server said when it refuses, and no password', async (t) => {
    const { url, taken } = await fakeSmtp(t, { refuses: '@nowhere.example' })

    const refused = smtpMailer({ url, from: FROM }).send({ ...MESSAGE, to: 'a@nowhere.example' })

    await assert.rejects(refused, (error: Error) => {
      assert.ok(error instanceof MailError)
      assert.match(error.message, /^The mail server 127\.0\.0\.1:\d+ did not take the mail: /)
      assert.match(error.message, /550 5\.1\.1 nobody of that name/)
      assert.doesNotMatch(error.message, /s3cret/)
      return true
    })
    assert.deepEqual(taken, [])
  })

  it('tells an address that is nobody’s from a refusal that may be over tomorrow', async (t) => {
    const refusedWith = async (words: string) => {
      const { url } = await fakeSmtp(t, { refuses: '@nowhere.example', words })
      const error: unknown = await smtpMailer({ url, from: FROM })
        .send({ ...MESSAGE, to: 'a@nowhere.example' })
        .catch((thrown: unknown) => thrown)
      return error instanceof AddressRefusedError ? error.said : undefined
    }

    assert.equal(await refusedWith('550 5.1.1 nobody here'), '550 5.1.1 nobody here')
    assert.equal(await refusedWith('553 no such mailbox'), '553 no such mailbox')
    assert.equal(await refusedWith('550 5.7.1 your address is on a list'), undefined)
    assert.equal(await refusedWith('450 4.2.0 come again later'), undefined)
    assert.equal(await refusedWith('452 4.2.2 its mailbox is full'), undefined)
  })

  it('gives up on a server that is not there', async () => {
    const mailer = smtpMailer({ url: 'smtp://127.0.0.1:1', from: FROM })

    await assert.rejects(mailer.send(MESSAGE), { name: 'MailError', message: /ECONNREFUSED/ })
  })
})
