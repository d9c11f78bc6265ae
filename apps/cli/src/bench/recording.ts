import { median, middle, printed, spread } from './figures.ts'
import { type Load } from './load.ts'
import { take, type Taken } from './take.ts'

/** So few that what disturbs the machine disturbs both sides of a pair. */
const AMOUNT = 50
const PAIRS_PER_SECOND = 4

export interface RecordingBench extends Load {
  readonly rounds: number
  readonly say: (line: string) => void
}

/**
 * How busy processors are to note what a page reads: it is made with and without it, without and with it, and so on, in short
 * slices. The middle of a round's pairs, as some of them are disturbed.
 */
export async function benchRecording(page: Taken, bench: RecordingBench): Promise<string> {
  const busy: Record<'made' | 'unrecorded', number[]> = { made: [], unrecorded: [] }
  const rounds: number[] = []
  for (let round = 1; round <= bench.rounds; round += 1) {
    bench.say(`Recording by turns, round ${round} of ${bench.rounds}`)
    const pairs: number[] = []
    for (let pair = 0; pair < PAIRS_PER_SECOND * bench.seconds; pair += 1) {
      const [made, unrecorded] = await takePair(page, bench, pair % 2 === 0)
      busy.made.push(made)
      busy.unrecorded.push(unrecorded)
      pairs.push(made / unrecorded)
    }
    rounds.push(median(pairs))
  }
  return (
    `Made in turn with and without recording, ${AMOUNT} at a time: ${middle(busy.made, 2)} ms of processors for each page, ` +
    `${middle(busy.unrecorded, 2)} when nothing is recorded: ${printed(spread(rounds))} times as many.`
  )
}

async function takePair(
  page: Taken,
  { connections }: Load,
  recordsFirst: boolean,
): Promise<readonly [made: number, unrecorded: number]> {
  const load = { connections, amount: AMOUNT }
  const first = await take({ ...page, isRecording: recordsFirst }, load)
  const second = await take({ ...page, isRecording: !recordsFirst }, load)
  return recordsFirst ? [first.busy, second.busy] : [second.busy, first.busy]
}
