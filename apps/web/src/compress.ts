import { compressed, type Encoding } from '@showrunner/live'

export interface Compressed {
  readonly body: Buffer
  readonly encoding: Encoding | null
}

/** Below this a header costs more than it saves. */
const WORTH_IT = 1024

/** A body as small as its reader can take it. */
export async function compress(body: Buffer, accepted: string | undefined): Promise<Compressed> {
  const encoding = encodingFor(accepted, body.length)
  return encoding ? { body: await compressed(body, encoding), encoding } : { body, encoding: null }
}

/** How a body of so many bytes is sent to who accepts this. */
export function encodingFor(accepted: string | undefined, bytes: number): Encoding | undefined {
  if (!accepted || bytes < WORTH_IT) return undefined
  if (accepts(accepted, 'br')) return 'br'
  return accepts(accepted, 'gzip') ? 'gzip' : undefined
}

function accepts(accepted: string, encoding: string): boolean {
  return accepted
    .split(',')
    .map((choice) => choice.trim().split(/\s*;\s*/))
    .some(([name, weight]) => name === encoding && !/^q=0(\.0*)?$/.test(weight ?? ''))
}
