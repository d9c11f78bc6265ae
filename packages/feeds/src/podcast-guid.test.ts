import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { podcastGuid } from './index.ts'

describe('podcastGuid', () => {
  it('gives the guids the podcast namespace gives as examples', () => {
    assert.equal(podcastGuid('podnews.net/rss'), '9b024349-ccf0-5f69-a609-6b82873eab3c')
    assert.equal(
      podcastGuid('https://mp3s.nashownotes.com/pc20rss.xml'),
      '917393e3-1b1e-5cef-ace4-edaa54e1f810',
    )
  })

  it('is the same with any scheme and any number of slashes at the end, and another for another path', () => {
    const guid = podcastGuid('https://podnews.net/rss')

    assert.equal(podcastGuid('http://podnews.net/rss///'), guid)
    assert.notEqual(podcastGuid('https://podnews.net/RSS'), guid)
  })
})
