import { type SentRow } from '@showrunner/domain/transcripts'
import { z } from 'zod'
import { parse } from '../parse.ts'

const Text = z.string().max(100_000).default('')
const Box = z
  .string()
  .optional()
  .transform((value) => value === 'true')

const Row = z.object({
  id: z.coerce.number().int().positive(),
  was: z.string().max(40),
  starts: Text,
  ends: Text,
  speaker: z.string().max(255).default(''),
  body: Text,
  removed: Box,
  joined: Box,
})
const Rows = z.object({ rows: z.record(z.string(), Row).default({}) })

/** The cues of a page, as its form sends them: `rows[0][body]`. */
export function sentRows(body: unknown): readonly SentRow[] {
  return Object.values(parse(Rows, body ?? {}).rows)
}
