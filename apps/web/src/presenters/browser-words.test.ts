import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserWords } from './browser-words.ts'
import { en } from '../words/index.ts'

const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0'
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0'

describe('browserWords', () => {
  it('names browser and system, though most claim to be several', () => {
    assert.equal(
      browserWords('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', en),
      'Firefox on Linux',
    )
    assert.equal(
      browserWords(
        `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/140.0`,
        en,
      ),
      'Edge on Windows',
    )
    assert.equal(
      browserWords(`Mozilla/5.0 (Linux; Android 15) ${CHROME} Mobile Safari/537.36`, en),
      'Chrome on Android',
    )
    assert.equal(
      browserWords(
        `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${SAFARI} Safari/604.1`,
        en,
      ),
      'Safari on iPhone',
    )
  })

  it('says so where it does not know', () => {
    assert.equal(browserWords('curl/8.5', en), 'A browser we do not know')
    assert.equal(browserWords(null, en), 'A browser we do not know')
    assert.equal(browserWords('Weird (Windows)', en), 'A browser on Windows')
  })
})
