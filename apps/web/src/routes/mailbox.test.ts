import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keepingMailer, listKeptMails } from '@showrunner/domain/mailbox'
import { letter } from '@showrunner/mail'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { page, PUBLIC_URL, testApp } from '../testing/test-app.ts'
import { sandboxed } from '@showrunner/domain/testing'

const PARTS = ['Hello.', { button: 'Sign in', url: 'https://radio.example/in/x' }]
const MAIL = {
  to: 'ada@example.com',
  fromName: 'Radio',
  subject: 'Sign in <now>',
  ...letter({ from: 'Radio', title: 'Sign in <now>', language: 'en', parts: PARTS }),
}

describe('/dev/mailbox', () => {
  it(
    'lists the kept mails, and shows each as text and as HTML',
    sandboxed(async (repo) => {
      const app = await testApp(repo, { keepsMail: true })
      const empty = await page(app, '/dev/mailbox')
      await keepingMailer(repo).send(MAIL)
      const [kept] = await listKeptMails(repo)

      const list = await page(app, '/dev/mailbox')
      const one = await page(app, `/dev/mailbox/${kept?.id}`)
      const html = await page(app, `/dev/mailbox/${kept?.id}/html`)

      for (const shown of [empty, list, one]) await assertValidHtml(shown.html)
      assert.match(empty.html, /No mail so far/)
      assert.match(list.html, new RegExp(`href="/dev/mailbox/${kept?.id}">Sign in &lt;now&gt;<`))
      assert.match(one.html, /Sign in:\nhttps:\/\/radio\.example\/in\/x/)
      assert.match(html.html, /<base target="_top">.*<a class="button"/s)
      assert.match(String(html.headers['content-security-policy']), /default-src 'none'.*sandbox/)
      assert.equal((await page(app, '/dev/mailbox/999999')).status, 404)
    }),
  )

  it(
    'is for who sits at the machine, and nowhere for anybody else',
    sandboxed(async (repo) => {
      const app = await testApp(repo, { keepsMail: true })
      const statusFrom = async (remoteAddress: string, said?: string, host = 'localhost:4000') => {
        const headers = { host, ...(said !== undefined && { 'x-forwarded-for': said }) }
        return (await app.inject({ url: '/dev/mailbox', remoteAddress, headers })).statusCode
      }

      assert.equal(await statusFrom('127.0.0.1'), 200)
      assert.equal(await statusFrom('192.0.2.7'), 404)
      assert.equal(await statusFrom('192.0.2.7', '127.0.0.1'), 404)
      assert.equal(await statusFrom('127.0.0.1', '192.0.2.7'), 404)
      // A neighbour in the network is a proxy that may say for whom it asks: not that it is us.
      assert.equal(await statusFrom('192.168.1.7', '127.0.0.1'), 404)
      assert.equal(await statusFrom('127.0.0.1', '127.0.0.1, 192.168.1.7'), 404)
      // A page elsewhere whose name is made to point here reads no mails.
      for (const host of ['elsewhere.example', 'localhost.elsewhere.example:4000', '['])
        assert.equal(await statusFrom('127.0.0.1', undefined, host), 404, host)
      for (const host of ['127.0.0.1:4000', '[::1]:4000', new URL(PUBLIC_URL).host])
        assert.equal(await statusFrom('127.0.0.1', undefined, host), 200, host)
    }),
  )

  it(
    'is nowhere where mails are sent',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      await keepingMailer(repo).send(MAIL)
      const [kept] = await listKeptMails(repo)

      for (const address of ['', `/${kept?.id}`, `/${kept?.id}/html`]) {
        assert.equal((await page(app, `/dev/mailbox${address}`)).status, 404)
      }
    }),
  )
})
