import { languageTagOf } from '@showrunner/domain/transcripts'
import { z } from 'zod'

/** What single fields are made of, in whatever they stand. */
export const Moment = z.iso.datetime().describe('ISO 8601, in UTC.')
export const Seconds = z.number().min(0).describe('In seconds from the beginning of the episode.')
export const Link = z.url()
export const Slug = z
  .string()
  .max(90)
  .regex(/^[a-z0-9][a-z0-9_-]*$/)

/** The number of something at an address. */
export const Id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

export const LanguageTag = z
  .string()
  .min(2)
  .max(35)
  .refine((text) => languageTagOf(text) !== undefined, 'It is no language tag such as en or pt-BR')
