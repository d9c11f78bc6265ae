import { errorMessages } from '@showrunner/data'
import * as uploads from '@showrunner/domain/uploads'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Metadata } from '@tus/server'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { withId } from '../../../admin/with-id.ts'
import { COMMON_HEADERS } from '../../../headers.ts'
import { parse } from '../../../parse.ts'
import { refusalWords } from '../../../uploads/refusal-words.ts'
import { endOf, Subject } from '../../../uploads/said.ts'
import { begins, tusServer } from '../../../uploads/tus.ts'

const { admin } = addresses

const About = z.object({ ...Subject.shape, filename: z.string().max(1000) })

const Length = z.object({
  'upload-length': z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
})

/** Resumable uploads: begun with a POST, sent by PATCHes, asked about with HEAD, given up with DELETE. */
export default async function resumableRoutes(app: FastifyInstance): Promise<void> {
  const { staging, clock } = app.parts
  const tus = tusServer(app.parts)
  const handOver = async (request: FastifyRequest, reply: FastifyReply) => {
    const headers = { ...COMMON_HEADERS, ...reply.getHeaders() }
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) reply.raw.setHeader(name, value)
    reply.hijack()
    await tus.handle(request.raw, reply.raw)
  }

  // Bytes are read as they come, by the protocol.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))

  app.post(admin.uploads, async (request, reply) => {
    if (request.headers['upload-concat'] !== undefined) return refuseParts(reply)
    const { kind, subject, subjectId, filename } = parse(About, metadataOf(request))
    const { 'upload-length': bytes } = parse(Length, request.headers)
    const about = { subject, subjectId }
    const said = { kind, name: endOf(filename), bytes }
    const begun = await uploads.beginUpload(request.repo, request.actor, about, said)
    if (!begun.ok) return refuse(reply, errorMessages(begun.changeset))

    begins(request.raw, begun.value.id)
    return handOver(request, reply)
  })

  app.route({
    method: 'HEAD',
    url: admin.upload(':id'),
    handler: async (request, reply) => {
      const upload = await own(request)
      if (upload.state === 'received' || upload.state === 'taken') return allThere(reply, upload)
      if (upload.state !== 'receiving') return reply.code(410).send()
      // The last byte came, and then the server died before it could say so.
      if ((await staging.arrived(upload.id)) === upload.bytes)
        await uploads.receivedUpload(request.repo, upload)
      return handOver(request, reply)
    },
  })

  app.patch(admin.upload(':id'), async (request, reply) => {
    const upload = await own(request)
    if (upload.state !== 'receiving')
      return reply
        .code(410)
        .type('text/plain')
        .send(upload.message ?? 'It is over.')
    await uploads.goOnWithUpload(request.repo, upload, clock())
    return handOver(request, reply)
  })

  app.delete(admin.upload(':id'), async (request, reply) => {
    await uploads.cancelUpload(request.repo, await own(request))
    return reply.code(204).header('tus-resumable', '1.0.0').send()
  })
}

function own(request: FastifyRequest): Promise<uploads.Upload> {
  return uploads.getOwnUpload(request.repo, request.actor, withId(request.params))
}

function metadataOf({ headers }: FastifyRequest): unknown {
  const given = headers['upload-metadata']
  try {
    return Metadata.parse(typeof given === 'string' ? given : '')
  } catch {
    // As if nothing had been said: what is needed is named by who reads it.
    return {}
  }
}

function allThere(reply: FastifyReply, { bytes }: uploads.Upload): FastifyReply {
  return reply
    .headers({ 'tus-resumable': '1.0.0', 'upload-offset': bytes, 'upload-length': bytes })
    .send()
}

/** An upload in several that are put together is an extension that we do not offer: none of it is begun. */
function refuseParts(reply: FastifyReply): FastifyReply {
  return reply.code(400).type('text/plain').send('Send it as one upload.')
}

function refuse(reply: FastifyReply, errors: ReturnType<typeof errorMessages>): FastifyReply {
  return reply
    .code(errors['bytes'] ? 413 : 422)
    .type('text/plain; charset=utf-8')
    .send(refusalWords(errors))
}
