import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readEnv, withoutPassword } from './env.ts'
import { ROOT } from './root.ts'

describe('readEnv', () => {
  it('has defaults for a newcomer who sets nothing', () => {
    const env = readEnv({})

    assert.equal(env.PORT, 4000)
    assert.equal(env.HOST, 'localhost')
    assert.equal(env.DATA_DIR, `${ROOT}/.showrunner`)
    assert.equal(env.DATABASE_URL, undefined)
  })

  it('takes an empty variable for one that is not set', () => {
    assert.equal(readEnv({ PORT: '', DATABASE_URL: '' }).PORT, 4000)
  })

  it('refuses a wrong value with its name, what was given and what is expected', () => {
    const refusal = (source: NodeJS.ProcessEnv) => {
      try {
        readEnv(source)
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
      return 'accepted'
    }

    assert.equal(
      refusal({ PORT: 'eighty' }),
      'PORT is "eighty"; expected a whole number from 1 to 65535, such as 4000.',
    )
    assert.match(refusal({ PORT: '70000' }), /^PORT is "70000"/)
    assert.match(refusal({ PORT: '0' }), /^PORT is "0"/)
    assert.match(refusal({ HOST: 'a host' }), /^HOST is "a host"/)
    assert.match(
      refusal({ DATABASE_URL: 'mysql://db' }),
      /^DATABASE_URL is "mysql:\/\/db"; expected postgres:/,
    )
    assert.match(refusal({ PUBLIC_URL: 'podcasts.example' }), /^PUBLIC_URL is "podcasts.example"/)
    assert.match(refusal({ NODE_ENV: 'prod' }), /expected development, production or test\.$/)
    assert.match(refusal({ NATS_URL: 'localhost' }), /^NATS_URL/)
    assert.match(refusal({ SMTP_URL: 'http://mail' }), /^SMTP_URL/)
    assert.match(refusal({ MAIL_FROM: 'Radio <a@b.example>' }), /^MAIL_FROM is "Radio/)
    assert.match(refusal({ CHROME_PATH: '/nowhere/chrome' }), /^CHROME_PATH is "\/nowhere\/chrome"/)
  })

  it('names every wrong value at once', () => {
    assert.throws(() => readEnv({ PORT: 'x', NODE_ENV: 'y' }), /PORT is "x".*\nNODE_ENV is "y"/)
  })

  it('lets tests have sandboxes, and nobody else', () => {
    assert.equal(readEnv({ NODE_ENV: 'test', SANDBOX: 'on' }).SANDBOX, 'on')
    assert.throws(
      () => readEnv({ NODE_ENV: 'production', SANDBOX: 'on' }),
      /SANDBOX is "on"; expected on, and only where NODE_ENV is test/,
    )
    assert.throws(() => readEnv({ SANDBOX: 'on' }), /SANDBOX is "on"/)
  })

  it('takes an id of GitHub with its secret only, and shows no secret', () => {
    const id = { GITHUB_CLIENT_ID: 'radio' }
    const env = readEnv({ ...id, GITHUB_CLIENT_SECRET: 's3cret' })

    assert.deepEqual([env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET], ['radio', 's3cret'])
    assert.throws(() => readEnv(id), /GITHUB_CLIENT_SECRET is ""; expected the secret/)
    assert.throws(() => readEnv({ GITHUB_CLIENT_SECRET: 's' }), /GITHUB_CLIENT_ID is ""/)
    assert.throws(
      () => readEnv({ ...id, GITHUB_CLIENT_SECRET: 'two words' }),
      /GITHUB_CLIENT_SECRET is "\*\*\*"/,
    )
  })

  it('takes two secrets of Memberful, the present one first, and a key with its site only', () => {
    const secrets = (text: string) =>
      readEnv({ MEMBERFUL_WEBHOOK_SECRET: text }).MEMBERFUL_WEBHOOK_SECRET
    const site = (text: string) => readEnv({ MEMBERFUL_SITE: text }).MEMBERFUL_SITE

    assert.deepEqual(secrets('current'), ['current'])
    assert.deepEqual(secrets('current, previous'), ['current', 'previous'])
    for (const wrong of ['a,b,c', 'a,', ',a', 'a b']) {
      assert.throws(
        () => secrets(wrong),
        /^CommandError: MEMBERFUL_WEBHOOK_SECRET is "\*\*\*"; expected the secret of your webhook/,
      )
    }
    assert.equal(site('https://radio.memberful.com/'), 'https://radio.memberful.com')
    assert.equal(site('radio.memberful.com'), 'https://radio.memberful.com')
    assert.throws(() => site('https://radio.memberful.com/admin'), /MEMBERFUL_SITE is "https/)
    assert.throws(() => site('no host'), /MEMBERFUL_SITE is "no host"/)
    const key = { MEMBERFUL_API_KEY: 'k3y' }
    assert.equal(
      readEnv({ ...key, MEMBERFUL_SITE: 'radio.memberful.com' }).MEMBERFUL_API_KEY,
      'k3y',
    )
    assert.throws(() => readEnv(key), /MEMBERFUL_SITE is ""; expected the address of your site/)
    assert.throws(() => readEnv({ MEMBERFUL_API_KEY: 'k 3y' }), /MEMBERFUL_API_KEY is "\*\*\*"/)
  })

  it('takes a token of Slack, and shows none', () => {
    const env = readEnv({ SLACK_TOKEN: 'xoxb-1-a', SLACK_SIGNING_SECRET: '8f74' })

    assert.deepEqual(
      [env.SLACK_TOKEN, env.SLACK_SIGNING_SECRET, env.SLACK_API_URL],
      ['xoxb-1-a', '8f74', 'https://slack.com/api'],
    )
    assert.equal(
      readEnv({ SLACK_API_URL: 'http://localhost:1/api/' }).SLACK_API_URL,
      'http://localhost:1/api',
    )
    assert.throws(
      () => readEnv({ SLACK_TOKEN: 's3cret, twice' }),
      /SLACK_TOKEN is "\*\*\*"; expected the token/,
    )
    assert.throws(
      () => readEnv({ SLACK_SIGNING_SECRET: 'a b' }),
      /SLACK_SIGNING_SECRET is "\*\*\*"/,
    )
    assert.throws(() => readEnv({ SLACK_API_URL: 'slack.com' }), /SLACK_API_URL is "slack.com"/)
  })

  it('takes all that a bucket is known by, or nothing of it, and shows no key', () => {
    const bucket = {
      STORAGE_S3_REGION: 'eu-central-1',
      STORAGE_S3_BUCKET: 'podcasts',
      STORAGE_S3_ACCESS_KEY_ID: 'AKIA',
      STORAGE_S3_SECRET_ACCESS_KEY: 's3cret',
    }
    const more = { STORAGE_S3_PATH_STYLE: 'on', STORAGE_PUBLIC_URL: 'https://files.example/a/' }

    assert.equal(readEnv(bucket).STORAGE_S3_BUCKET, 'podcasts')
    assert.equal(readEnv({ ...bucket, ...more }).STORAGE_PUBLIC_URL, 'https://files.example/a')
    for (const name of Object.keys(bucket)) {
      const refusal = new RegExp(
        `^CommandError: ${name} is ""; expected .* as another STORAGE_… is set`,
      )
      assert.throws(() => readEnv({ ...bucket, [name]: '' }), refusal)
    }
    for (const one of Object.entries(more)) {
      assert.throws(() => readEnv(Object.fromEntries([one])), /STORAGE_S3_BUCKET is ""/)
    }
    assert.throws(
      () => readEnv({ ...bucket, STORAGE_S3_SECRET_ACCESS_KEY: 'two words' }),
      /STORAGE_S3_SECRET_ACCESS_KEY is "\*\*\*"/,
    )
    assert.throws(
      () => readEnv({ ...bucket, STORAGE_S3_ENDPOINT: 'https://AKIA:s3cret@s3.example' }),
      /STORAGE_S3_ENDPOINT is "https:\/\/AKIA:\*\*\*@s3.example"/,
    )
    assert.throws(() => readEnv({ ...bucket, STORAGE_S3_PATH_STYLE: 'yes' }), /expected on, where/)
  })

  it('shows no password', () => {
    assert.throws(
      () => readEnv({ DATABASE_URL: 'pg://me:secret@db/x' }),
      /^CommandError: DATABASE_URL is "pg:\/\/me:\*\*\*@db\/x"/,
    )
    assert.equal(withoutPassword('postgres://me@db/x'), 'postgres://me@db/x')
  })

  it('takes the slash off the public address, and makes the data folder absolute', () => {
    const env = readEnv({ PUBLIC_URL: 'https://podcasts.example/', DATA_DIR: 'data' })

    assert.equal(env.PUBLIC_URL, 'https://podcasts.example')
    assert.equal(env.DATA_DIR, `${ROOT}/data`)
  })
})
