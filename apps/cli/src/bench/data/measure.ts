import { type Rate } from '../figures.ts'
import { type Load } from './task.ts'

/** Does the work over and over, so many at once, until the time is up; what is under way then is finished and counted. */
export async function measure(
  work: () => Promise<unknown>,
  { seconds, together }: Load,
): Promise<Rate> {
  const start = performance.now()
  const end = start + seconds * 1000
  let done = 0
  const keepOn = async () => {
    while (performance.now() < end) {
      await work()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: together }, keepOn))
  return { perSecond: (done / (performance.now() - start)) * 1000 }
}
