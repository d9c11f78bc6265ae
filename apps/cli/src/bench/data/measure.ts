import { type Load, type Pace } from './task.ts'

/** Does the work over and over, so many at once, until the time is up; what is under way then is finished and counted. */
export async function measure(
  work: () => Promise<unknown>,
  { seconds, together }: Load,
): Promise<Pace> {
  const cpuBefore = process.cpuUsage()
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
  const perSecond = (done / (performance.now() - start)) * 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  return { perSecond, cpu: (user + system) / done }
}
