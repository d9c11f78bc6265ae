import { languageTagOf } from '@showrunner/domain/transcripts'
import { z } from 'zod'

/** What single fields are made of, in whatever they stand. */
export const Moment = z.iso.datetime().describe('ISO 8601, in UTC.')
/** One that is sent: with its zone, and of a year that PostgreSQL and ISO 8601 write alike. */
export const MomentSaid = z.iso
  .datetime({
    offset: true,
    error: 'It has to be a moment with its zone, as in 2026-12-24T18:00:00Z',
  })
  .refine((text) => {
    const year = new Date(text).getUTCFullYear()
    // What is no moment at all is refused as that.
    return !(year < 1 || year > 9999)
  }, 'In UTC it has to be of a year from 0001 to 9999')
export const Seconds = z.number().min(0).describe('In seconds from the beginning of the episode.')
export const Link = z.url()
export const Slug = z
  .string()
  .max(90)
  .regex(
    /^[a-z0-9][a-z0-9_-]*$/,
    'It may hold only lower-case letters, numbers, dashes and underscores',
  )

/** The number of something at an address. */
export const Id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

export const LanguageTag = z
  .string()
  .min(2)
  .max(35)
  .refine((text) => languageTagOf(text) !== undefined, 'It is no language tag such as en or pt-BR')
