import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { recognise } from './index.ts'
import { flac, mp4, opus } from './testing/containers.ts'
import { mp3Frames, picture, wave } from './testing/index.ts'

async function typeOf(bytes: Uint8Array): Promise<string> {
  const found = await recognise(bytes)
  return found.kind === 'audio'
    ? `${found.type} ${found.mediaType} .${found.extension}`
    : found.kind
}

async function nameOf(bytes: Uint8Array): Promise<string> {
  const found = await recognise(bytes)
  return found.kind === 'audio' ? 'sound' : found.name
}

describe('recognise', () => {
  it('knows sound by what is in it', async () => {
    assert.equal(await typeOf(mp3Frames([128, 128])), 'mp3 audio/mpeg .mp3')
    assert.equal(await typeOf(Buffer.from('ID3\u0004\0\0\0\0\0\u0001\0')), 'mp3 audio/mpeg .mp3')
    assert.equal(await typeOf(wave()), 'wav audio/wav .wav')
    assert.equal(await typeOf(wave({ form: 'RF64' })), 'wav audio/wav .wav')
    assert.equal(await typeOf(mp4()), 'm4a audio/x-m4a .m4a')
    assert.equal(await typeOf(opus()), 'opus audio/opus .opus')
    assert.equal(await typeOf(flac()), 'flac audio/flac .flac')
  })

  it('does not take two bytes that look like a frame for MP3', async () => {
    assert.equal(await typeOf(Buffer.concat([mp3Frames([128]), Buffer.alloc(1000, 1)])), 'other')
    assert.equal(await typeOf(Buffer.from([0xff, 0xfe, 0x48, 0, 0x69, 0])), 'other')
  })

  it('knows a recorded stream that begins in the middle of a frame', async () => {
    const cut = mp3Frames([128, 128, 128, 128, 128, 128]).subarray(100)

    assert.equal(await typeOf(Buffer.concat([Buffer.alloc(1, 0xaa), cut])), 'mp3 audio/mpeg .mp3')
  })

  it('calls what is no sound by its name', async () => {
    assert.equal(await nameOf(picture(3, 3)), 'a picture (PNG)')
    assert.equal(await nameOf(gzipSync('tide')), 'an archive (GZ)')
    assert.equal(await nameOf(Buffer.from('PK\u0003\u0004'.padEnd(64, '\0'))), 'an archive (ZIP)')
    assert.equal(await nameOf(Buffer.from(`MZ${'\0'.repeat(200)}`)), 'a program (EXE)')
    assert.equal(await nameOf(Buffer.from('\n<!DOCTYPE html><title>404</title>')), 'a web page')
    assert.equal(await nameOf(Buffer.from('Ebb und Flut – später')), 'text')
    assert.equal(await nameOf(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])), 'a file of unknown type')
    assert.equal(await nameOf(Buffer.alloc(0)), 'an empty file')
  })

  it('tells sound that is not taken from what is no sound', async () => {
    const found = await recognise(Buffer.from('MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060MTrk'))

    assert.deepEqual(found, { kind: 'other-audio', mediaType: 'audio/midi', name: 'MID sound' })
  })

  it('reads text cut in the middle of a letter', async () => {
    const cut = Buffer.from('später').subarray(0, 4)

    assert.equal(await nameOf(cut.subarray(0, 3)), 'text')
  })
})
