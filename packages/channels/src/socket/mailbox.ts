type Task = () => unknown

/** Does one thing after the other; what does not have to be waited for is done at once. */
export class Mailbox {
  readonly #failed: (error: unknown) => void
  #busy = false
  #waiting: Task[] = []

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed
  }

  get waiting(): number {
    return this.#waiting.length
  }

  run(task: Task): void {
    if (this.#busy) this.#waiting.push(task)
    else this.#from(task)
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting = []
  }

  #from(first: Task | undefined): void {
    this.#busy = true
    for (let task = first; task; task = this.#waiting.shift()) {
      const result = this.#done(task)
      if (result instanceof Promise) {
        void this.#after(result)
        return
      }
    }
    this.#busy = false
  }

  #done(task: Task): unknown {
    try {
      return task()
    } catch (error) {
      this.#failed(error)
      return undefined
    }
  }

  async #after(promise: Promise<unknown>): Promise<void> {
    try {
      await promise
    } catch (error) {
      this.#failed(error)
    }
    this.#from(this.#waiting.shift())
  }
}
