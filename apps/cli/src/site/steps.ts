/** Says what is being done while it is being done, and how long it took. */
export interface Steps {
  /** "Starting PostgreSQL … 0.5 s" */
  readonly step: <T>(what: string, work: () => Promise<T>) => Promise<T>
  /** A line of its own, also in the middle of a step. */
  readonly say: (line: string) => void
}

export function stepsOn(write: (text: string) => void): Steps {
  let isOpen = false
  const close = () => {
    if (isOpen) write('\n')
    isOpen = false
  }
  return {
    say(line) {
      close()
      write(`${line}\n`)
    },
    async step(what, work) {
      const started = performance.now()
      close()
      write(`${what} …`)
      isOpen = true
      try {
        const result = await work()
        const seconds = ((performance.now() - started) / 1000).toFixed(1)
        write(isOpen ? ` ${seconds} s\n` : `${what}: ${seconds} s\n`)
        isOpen = false
        return result
      } finally {
        close()
      }
    },
  }
}
