import fastifyMultipart from '@fastify/multipart'
import { errorMessages } from '@showrunner/data'
import * as uploads from '@showrunner/domain/uploads'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { partsOf, UnreadablePartsError } from '../../../admin/parts-of.ts'
import { localPath } from '../../../local-path.ts'
import { parse } from '../../../parse.ts'
import { refusalWords } from '../../../uploads/refusal-words.ts'
import { Back, endOf, Subject } from '../../../uploads/said.ts'
import { writeAtMost } from '../../../uploads/write-at-most.ts'

const { admin } = addresses

const OVERHEAD = 1_000_000

const Sent = z.object({ ...Subject.shape, ...Back.shape })

/** For who has no scripts: a file in a form, into the same staging, within the same limits. */
export default async function uploadFormRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyMultipart, {
    limits: { fields: 8, fieldSize: 2000, files: 1, fileSize: uploads.MOST_BYTES, parts: 9 },
  })

  app.post(
    admin.uploadForm,
    { bodyLimit: uploads.MOST_BYTES + OVERHEAD },
    async (request, reply) => {
      const { back, refusal } = await receive(app, request)
      if (refusal === undefined) reply.flash('It is here, and is being looked at.')
      else reply.flash(refusal, 'failed')
      return reply.redirect(localPath(back) ?? admin.dashboard, 303)
    },
  )
}

async function receive(
  app: FastifyInstance,
  request: FastifyRequest,
): Promise<{ readonly back: string; readonly refusal?: string }> {
  const fields: Record<string, unknown> = {}
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      fields[part.fieldname] = part.value
      continue
    }
    // What it is for stands before it in the form.
    const { kind, back, ...about } = parse(Sent, fields)
    // A form where nothing was chosen sends a file without a name.
    const given: string | undefined = part.filename
    const name = endOf(given ?? '')
    // How large it is shows only when it is here.
    const said = { kind, name, bytes: 1 }
    const begun = await uploads.beginUpload(request.repo, request.actor, about, said)
    if (!begun.ok) {
      part.file.resume()
      return {
        back,
        refusal: name === '' ? NONE : refusalWords(errorMessages(begun.changeset)),
      }
    }
    const refusal = await write(app, request, begun.value, part.file)
    return { back, ...(refusal !== undefined && { refusal }) }
  }
  return { back: parse(Back, fields).back, refusal: NONE }
}

const NONE = 'No file was chosen. Choose one, then press Upload.'

async function write(
  { parts: { staging } }: FastifyInstance,
  { repo }: FastifyRequest,
  upload: uploads.Upload,
  file: NonNullable<Awaited<ReturnType<FastifyRequest['file']>>>['file'],
): Promise<string | undefined> {
  const limit = uploads.LIMITS[upload.kind]
  let cutOff: unknown
  file.once('error', (error) => (cutOff = error))
  const { bytes, isTooLarge } = await writeAtMost(staging, upload, file, limit.most).catch(
    async (error: unknown) => {
      await uploads.cancelUpload(repo, upload)
      throw cutOff === undefined ? error : new UnreadablePartsError(cutOff)
    },
  )
  if (bytes > 0 && !isTooLarge) {
    await uploads.receivedUpload(repo, { id: upload.id, bytes })
    return undefined
  }
  await uploads.cancelUpload(repo, upload)
  return isTooLarge
    ? `It has more than the ${limit.said} that are taken here.`
    : 'The file is empty. Choose another one.'
}
