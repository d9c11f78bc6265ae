type Task = () => unknown

/** Whose tasks they are, and who is told of one that failed. */
export interface MailboxOwner {
  failed(error: unknown): void
}

/** Does one thing after the other; what does not have to be waited for is done at once. */
export class Mailbox {
  readonly #owner: MailboxOwner
  #busy = false
  /** There is one only while something waits: most mailboxes are empty. */
  #waiting: Task[] | undefined

  constructor(owner: MailboxOwner) {
    this.#owner = owner
  }

  get isBusy(): boolean {
    return this.#busy
  }

  get waiting(): number {
    return this.#waiting?.length ?? 0
  }

  run(task: Task): void {
    if (this.#busy) (this.#waiting ??= []).push(task)
    else this.#from(task)
  }

  /** Before all that waits. */
  runNext(task: Task): void {
    if (this.#busy) (this.#waiting ??= []).unshift(task)
    else this.#from(task)
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting = undefined
  }

  #from(first: Task | undefined): void {
    this.#busy = true
    for (let task = first; task; task = this.#waiting?.shift()) {
      const result = this.#done(task)
      if (result instanceof Promise) {
        void this.#after(result)
        return
      }
    }
    this.#busy = false
    this.#waiting = undefined
  }

  #done(task: Task): unknown {
    try {
      return task()
    } catch (error) {
      this.#owner.failed(error)
      return undefined
    }
  }

  async #after(promise: Promise<unknown>): Promise<void> {
    try {
      await promise
    } catch (error) {
      this.#owner.failed(error)
    }
    this.#from(this.#waiting?.shift())
  }
}
