import { NotFoundError } from '@showrunner/data'
import * as limits from '@showrunner/domain/limits'
import * as memberFeeds from '@showrunner/domain/member-feeds'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { absolute, addresses } from '../addresses.ts'
import { compress } from '../compress.ts'
import { isFresh, sendUnchanged } from '../conditional.ts'
import { feedDocuments } from '../feed-documents.ts'
import { sendUpload } from '../uploads/send-upload.ts'
import { visitorAt } from '../visitor.ts'

const MISSES: limits.Limit = { name: 'private feeds guessed', most: 60, perMs: 10 * 60_000 }

/** In front of the key of a file of ours. */
const OURS = '/uploads/'
const FILE = /^([1-9]\d{0,14})\.[a-z0-9]{2,4}$/

/**
 * The private feeds of members, and the sound in them. The address is the key: what it opens is one reader's, who may keep
 * it and asks each time whether it still holds; nothing between them and us keeps it, and nothing lists it.
 */
export default async function memberRoutes(app: FastifyInstance): Promise<void> {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    reply.headers({
      'cache-control': reply.statusCode < 400 ? 'private, no-cache' : 'private, no-store',
      // To caches in front of us that would go by a rule of their own.
      'cdn-cache-control': 'no-store',
      'surrogate-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    })
    done()
  })

  feedRoute(app)
  soundRoutes(app)
  // An address that is not quite right may have the key in it all the same: it is led nowhere, and kept nowhere.
  app.get('/members/*', (request) => missed(app, request))
}

function feedRoute(app: FastifyInstance): void {
  const { repo, clock, publicUrl } = app.parts
  const feedDocument = feedDocuments(clock)
  const { memberFeed, memberAudio } = addresses
  const outside: memberFeeds.MembersOutside = {
    publicUrl,
    paths: addresses,
    memberFeed,
    memberAudio,
    silence: addresses.memberSilence,
    comeBack: addresses.memberFeeds,
  }

  app.get<{ Params: { token: string } }>(memberFeed(':token'), async (request, reply) => {
    const { token } = request.params
    const feed = await memberFeeds.findFeedByToken(repo, token)
    if (!feed) return missed(app, request)

    const document = await feedDocument(feed.tokenHash, async () => ({
      draft: await memberFeeds.getMemberFeed(repo, feed, token, clock(), outside),
      until: undefined,
    }))
    if (request.method === 'GET') {
      await memberFeeds.noteFetch(repo, feed, request.headers['user-agent'], clock())
    }
    reply.headers({
      'content-type': 'application/rss+xml; charset=utf-8',
      vary: 'accept-encoding',
      'last-modified': document.lastModified.toUTCString(),
    })
    if (isFresh(request, document)) return sendUnchanged(reply.header('etag', document.etag))

    const { body, encoding } = await compress(document.body, request.headers['accept-encoding'])
    if (!encoding) return reply.header('etag', document.etag).send(body)
    const etag = document.etag.replace(/"$/, `-${encoding}"`)
    return reply.header('etag', etag).header('content-encoding', encoding).send(body)
  })
}

interface Sound {
  Params: { token: string; file: string }
}

function soundRoutes(app: FastifyInstance): void {
  const { repo, clock, publicUrl, storagePublicUrl } = app.parts

  app.get(addresses.memberSilence, async (_request, reply) =>
    reply.type('audio/mpeg').send(memberFeeds.SILENCE),
  )

  app.route<Sound>({
    method: ['GET', 'HEAD'],
    url: addresses.memberAudio(':token', ':file'),
    handler: sendSound,
  })

  async function sendSound(request: FastifyRequest<Sound>, reply: FastifyReply) {
    const { token: key, file } = request.params
    const episodeId = Number(FILE.exec(file)?.[1] ?? 0)
    const sound = await memberFeeds.findMemberAudio(repo, { key, episodeId }, clock())
    if (!sound) return missed(app, request)
    if (sound.state === 'over') {
      return reply
        .code(410)
        .type('text/plain; charset=utf-8')
        .send(`The membership has ended. How to come back: ${publicUrl}${addresses.memberFeeds}\n`)
    }

    const { url, isForMembers } = sound
    const isOurs = url.startsWith(OURS)
    // What is for members goes through us even where everything else is fetched from the storage: its place stays unknown.
    if (isOurs && (isForMembers || storagePublicUrl === undefined)) {
      return sendUpload(app, url.slice(OURS.length), request, reply)
    }
    return reply.redirect(absolute(publicUrl, url), 302)
  }
}

/** Nothing is there. Who asks for that again and again is guessing, and has to wait. */
async function missed(app: FastifyInstance, request: FastifyRequest): Promise<never> {
  await limits.spend(app.parts.repo, MISSES, visitorAt(request.ip), app.parts.clock())
  throw new NotFoundError(memberFeeds.MemberFeed, 'at this address')
}
