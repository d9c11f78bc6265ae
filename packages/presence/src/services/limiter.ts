import { OptionError } from '../errors.ts'

export interface Limits {
  /** How many are done at the same time. */
  readonly concurrency: number
  /** How many more may wait for their turn. */
  readonly queue: number
}

/** Does so much at a time, lets so many wait, and refuses the others. */
export interface Limiter {
  /** Running and waiting. */
  readonly load: number
  /** Undefined when it is refused. Those who wait come in the order they came. */
  run<Result>(work: () => Promise<Result>): Promise<Result> | undefined
}

export function limiter({ concurrency, queue }: Limits, changed: () => void = () => {}): Limiter {
  if (!(concurrency >= 1)) throw new OptionError('concurrency', 'to be at least 1', concurrency)
  if (!(queue >= 0)) throw new OptionError('queue', 'to be at least 0', queue)
  const waiting: (() => void)[] = []
  let running = 0

  const turn = () =>
    new Promise<void>((resolve) => {
      if (running < concurrency) {
        running++
        resolve()
      } else waiting.push(resolve)
    })
  // Whoever is next takes the place over, so that nobody slips in between.
  const over = () => {
    const next = waiting.shift()
    if (next) next()
    else running--
    changed()
  }

  return {
    get load() {
      return running + waiting.length
    },
    run(work) {
      if (running >= concurrency && waiting.length >= queue) return undefined
      const come = turn()
      changed()
      return come.then(work).finally(over)
    },
  }
}
