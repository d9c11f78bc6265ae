import { FrameError } from '../errors.ts'
import { type Ref } from './message.ts'

export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new FrameError('a text frame is no JSON')
  }
}

export function refOf(value: unknown): Ref {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new FrameError('a ref is a text, a number or null')
}

export function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  throw new FrameError(`"${name}" is no text`)
}
