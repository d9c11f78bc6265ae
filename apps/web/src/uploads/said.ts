import { SUBJECTS, UPLOAD_KINDS } from '@showrunner/domain/uploads'
import { z } from 'zod'
import { RowId } from '../row-id.ts'

/** What an upload is, and of what. */
export const Subject = z.object({
  kind: z.enum(UPLOAD_KINDS),
  subject: z.enum(SUBJECTS),
  subjectId: RowId,
})

/** Signs that are not seen, and that turn around what is: no name needs them. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}]+/gu

/** Of a long name, its end says more. */
export function endOf(name: string): string {
  return Array.from(name.replace(UNSEEN, ' ').trim()).slice(-LONGEST_NAME).join('')
}

const LONGEST_NAME = 255

/** Where a form without scripts leads afterwards. */
export const Back = z.object({ back: z.string().max(2000).default('') })
