import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MAILS } from './mails.ts'

/** Whoever gets these works in the admin area, which is in English. */
const TO_STAFF = ['request_arrived', 'request_answered', 'comment_waits', 'webhook_stopped']

describe('every mail', () => {
  it('is written in each language of the site, unless it goes to who works on it', () => {
    const inEnglishOnly = MAILS.filter(({ languages }) => !languages.includes('de'))

    assert.deepEqual(
      inEnglishOnly.map(({ name }) => name),
      TO_STAFF,
    )
  })

  it('says as much in one language as in the other, to the same addresses', () => {
    for (const mail of MAILS.filter(({ languages }) => languages.length > 1)) {
      const [en, de] = ['en', 'de'].map((language) => mail.writeExample('Radio', language))
      const shapeOf = (words: typeof en) =>
        words?.parts.map((part) =>
          typeof part === 'string' ? 'text' : 'url' in part ? part.url : Object.keys(part).join(),
        )

      assert.deepEqual(shapeOf(de), shapeOf(en), mail.name)
      assert.notEqual(de?.parts[0], en?.parts[0], mail.name)
    }
  })
})
