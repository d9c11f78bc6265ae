import { median, middle, printed, spread } from './figures.ts'
import { type Load } from './load.ts'
import { type Taken } from './take.ts'

/** So few that what disturbs the machine disturbs both sides of a pair. */
const AMOUNT = 50
const PAIRS_PER_SECOND = 8
const PARTS = 4

export interface RecordingBench extends Load {
  readonly rounds: number
  readonly say: (line: string) => void
}

/**
 * How busy processors are to note what a page reads: it is made with and without it, without and with it, and so on, in short
 * slices. The middle of the pairs, as some of them are disturbed, and of each quarter of them.
 */
export async function benchRecording(page: Taken, bench: RecordingBench): Promise<string> {
  const busy: Record<'made' | 'unrecorded', number[]> = { made: [], unrecorded: [] }
  const pairs: number[] = []
  const count = PAIRS_PER_SECOND * bench.seconds * bench.rounds
  for (let pair = 0; pair < count; pair += 1) {
    if (pair % (count / PARTS) === 0) bench.say(`Recording by turns, pair ${pair + 1} of ${count}`)
    const [made, unrecorded] = await takePair(page, bench, pair % 2 === 0)
    busy.made.push(made)
    busy.unrecorded.push(unrecorded)
    pairs.push(made / unrecorded)
  }
  const parts = Array.from({ length: PARTS }, (_, part) =>
    median(pairs.slice((part * count) / PARTS, ((part + 1) * count) / PARTS)),
  )
  return (
    `Made in turn with and without recording, ${AMOUNT} at a time, ${busy.made.length} times: ` +
    `${middle(busy.made, 2)} ms of processors for each page, ${middle(busy.unrecorded, 2)} when nothing is recorded: ` +
    `${printed({ ...spread(parts), middle: median(pairs) })} times as many.`
  )
}

async function takePair(
  page: Taken,
  { connections }: Load,
  recordsFirst: boolean,
): Promise<readonly [made: number, unrecorded: number]> {
  const first = await busyWith(page, connections, recordsFirst)
  const second = await busyWith(page, connections, !recordsFirst)
  return recordsFirst ? [first, second] : [second, first]
}

/** Milliseconds of processors for each answer. Who asks need not be fast: only the server is looked at. */
async function busyWith(
  { server, url }: Taken,
  connections: number,
  isRecording: boolean,
): Promise<number> {
  const before = await server.ask({ isRecording })
  let left = AMOUNT
  const ask = async () => {
    while (left > 0) {
      left -= 1
      const response = await fetch(url)
      await response.arrayBuffer()
      if (response.status !== 200) throw new Error(`${url} was answered with ${response.status}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, ask))
  const after = await server.ask({ isRecording })
  return (after.busyMs - before.busyMs) / AMOUNT
}
