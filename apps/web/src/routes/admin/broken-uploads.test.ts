import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mp3Frames } from '@showrunner/audio/testing'
import { from, type Repo } from '@showrunner/data'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { Upload } from '@showrunner/domain/uploads'
import { inAdmin } from '../../testing/in-admin.ts'

const SOUND = mp3Frames(Array.from({ length: 400 }, () => 128)).toString('latin1')
const BORDER = '--X\r\nContent-Disposition: form-data; name='

async function sending(repo: Repo) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'tides' })
  const { app, headers } = await inAdmin(repo, { hostOf: [podcast] })
  const about = { kind: 'audio', subject: 'episode', subjectId: String(episode.id) }
  const fields = Object.entries(about).map(([name, value]) => {
    return `${BORDER}"${name}"\r\n\r\n${value}\r\n`
  })
  const file = `${BORDER}"file"; filename="a.mp3"\r\n\r\n${SOUND}`
  const post = async (body: string, boundary = '; boundary=X') => {
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/admin/uploads/form',
      headers: { ...headers, 'content-type': `multipart/form-data${boundary}` },
      payload: Buffer.from(body, 'latin1'),
    })
    return statusCode
  }
  const begin = async (filename: string, length: string) => {
    const said = Object.entries({ ...about, filename }).map(([name, value]) => {
      return `${name} ${Buffer.from(value).toString('base64')}`
    })
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/admin/uploads',
      headers: {
        ...headers,
        'tus-resumable': '1.0.0',
        'upload-length': length,
        'upload-metadata': said.join(','),
      },
    })
    return statusCode
  }
  const states = async () => {
    const uploads = await repo.all(from(Upload).orderBy({ id: 'asc' }))
    return uploads.map(({ name, state }) => [name, state])
  }
  return { post, begin, fields: fields.join(''), file, states }
}

describe('what was sent and broke off', () => {
  it(
    'is refused with a reason, and nothing of it is under way',
    sandboxed(async (repo) => {
      const { post, fields, file, states } = await sending(repo)

      assert.equal(await post(`${fields}${file}\r\n--X--\r\n`), 303)
      assert.equal(await post(`${fields}${file}`), 400)
      assert.equal(await post(fields), 400)
      assert.equal(await post(`${file}${fields}--X--\r\n`), 400)
      assert.equal(await post('x', ''), 400)

      assert.deepEqual(await states(), [
        ['a.mp3', 'received'],
        ['a.mp3', 'cancelled'],
      ])
    }),
  )

  it(
    'has a length in digits, and a name that is seen as it is',
    sandboxed(async (repo) => {
      const { begin, states } = await sending(repo)

      for (const length of ['1e3', '0x10', '-1', '', ' 5'])
        assert.equal(await begin('a', length), 400)
      assert.equal(await begin('a\r\nb\0\u202e3pm.exe', '1000'), 201)

      assert.deepEqual(await states(), [['a b 3pm.exe', 'receiving']])
    }),
  )
})
