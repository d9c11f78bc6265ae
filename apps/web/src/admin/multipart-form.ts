import { type FastifyRequest } from 'fastify'
import { partsOf } from './parts-of.ts'

/** A form with a file, as far as one was chosen. */
export interface MultipartForm {
  readonly fields: Readonly<Record<string, string>>
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | undefined
}

/** Reads a form that was sent in parts. One that was sent as forms usually are has no file. */
export async function multipartForm(request: FastifyRequest): Promise<MultipartForm> {
  if (!request.isMultipart()) {
    return { fields: textsIn(request.body), file: undefined }
  }
  const fields: Record<string, string> = {}
  let file: MultipartForm['file']
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value
    } else {
      const bytes = await part.toBuffer()
      if (bytes.length > 0) file = { name: part.filename, bytes }
    }
  }
  return { fields, file }
}

function textsIn(body: unknown): Record<string, string> {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
