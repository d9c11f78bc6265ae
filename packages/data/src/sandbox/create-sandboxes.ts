import { AsyncLocalStorage } from 'node:async_hooks'

import { OwnershipError } from '../errors.ts'
import { type Connection, type Database } from '../repo/connection/connection.ts'
import { type Ambient, newAmbient, outside } from '../repo/context.ts'
import { databaseOf, type Repo, repoOn, type RepoOptions } from '../repo/repo.ts'
import { openOwner, type Owner } from './owner.ts'
import { openSessions } from './sessions.ts'
import { SANDBOX_HEADER } from './token.ts'

const TIMEOUT_MS = 120_000

export interface SandboxOptions {
  /** Whose it is, for messages: `the test "sells a ticket"`. */
  readonly name?: string
  /** After so long it is rolled back, whatever its owner is doing. Two minutes unless said. */
  readonly timeoutMs?: number
}

/** A connection of one test's own, in a transaction that is rolled back. */
export interface Sandbox {
  /** A repo on this connection, wherever it is called from. */
  readonly repo: Repo
  /** Names this sandbox to other processes. Nobody can guess it. */
  readonly token: string
  /** Runs the function, and all it starts, as the owner of this sandbox: the shared repo is on its connection. */
  allow<T>(work: () => T): T
  /**
   * Lets everybody who owns no sandbox use this one, until it closes: for code that keeps no context, in
   * tests of which no two run at the same time. @throws OwnershipError when another is shared already.
   */
  share(): void
  /** Waits for what is under way, and rolls everything back. */
  close(): Promise<void>
}

/** The sandboxes of one database, and one repo that is on all of them. */
export interface Sandboxes {
  /**
   * What an app that several tests share is built with. Each call goes to the sandbox of the calling code.
   * It throws an OwnershipError where there is none.
   */
  readonly repo: Repo
  open(options?: SandboxOptions): Promise<Sandbox>
  /** Whether a sandbox with this token is open. */
  has(token: string): boolean
  /** Runs the function, and all it starts, as the owner with this token. @throws OwnershipError when there is none. */
  withToken<T>(token: string, work: () => T): T
  /** Closes the sandbox with this token. False when there is none. */
  closeToken(token: string): Promise<boolean>
  /** Runs the function on the database itself: what it writes stays there. */
  unboxed<T>(work: () => T): T
  /** Closes every sandbox, and what `unboxed` opened. */
  close(): Promise<void>
}

/** Sandboxes on a migrated database. Nothing is connected before the first opens. */
export function createSandboxes(
  url: string | (() => Promise<string>),
  options: Omit<RepoOptions, 'url' | 'pool'> = {},
): Sandboxes {
  const urlOf = async (): Promise<string> => (typeof url === 'string' ? url : url())
  const sessions = openSessions(urlOf, options.applicationName ?? 'sandbox')
  const ambient = newAmbient()
  const database = new SandboxedDatabase(ambient, async () =>
    databaseOf({ ...options, url: await urlOf() }),
  )
  const open = new Map<string, { readonly owner: Owner; readonly close: () => Promise<void> }>()

  async function openSandbox(given: SandboxOptions = {}): Promise<Sandbox> {
    const owner = await openOwner({
      sessions,
      name: given.name ?? 'the test that this repo belongs to',
      timeoutMs: given.timeoutMs ?? TIMEOUT_MS,
      closed() {
        open.delete(owner.token)
        database.unshare(owner)
      },
    })
    open.set(owner.token, { owner, close: owner.close })
    return {
      repo: repoOn(owner.database, options),
      token: owner.token,
      allow: (work) => database.as(owner, work),
      share: () => database.share(owner),
      close: owner.close,
    }
  }

  function ownerOf(token: string): Owner {
    const found = open.get(token)
    if (found) return found.owner
    throw new OwnershipError(
      'no open sandbox has this token: its test is over, it took longer than it may, or it belongs elsewhere.',
    )
  }

  return {
    repo: repoOn(database, options, ambient),
    open: openSandbox,
    has: (token) => open.has(token),
    withToken: (token, work) => database.as(ownerOf(token), work),
    async closeToken(token) {
      const found = open.get(token)
      await found?.close()
      return found !== undefined
    },
    unboxed: (work) => database.unboxed(work),
    async close() {
      await Promise.all([...open.values()].map(({ close }) => close()))
      await Promise.all([sessions.close(), database.close()])
    },
  }
}

const UNOWNED = `no sandbox belongs to the code that called this repo. In a test, either
  * let the test own one: it('…', sandboxed(async (repo) => …)),
  * run this code as a test that does: sandbox.allow(() => …), or sandboxes.withToken(token, () => …),
  * let the request say whose it is, in the header ${SANDBOX_HEADER},
  * share one with everybody, where no two tests run at the same time: sandbox.share(),
  * or work on the database itself: sandboxes.unboxed(() => …).
A timer, queue or connection keeps the context in which it was made, whoever uses it later.`

/** Every call goes to the connection of whoever owns the calling code. */
class SandboxedDatabase implements Database {
  readonly #ambient: Ambient
  readonly #owners = new AsyncLocalStorage<Owner | 'unboxed'>()
  readonly #openUnboxed: () => Promise<Database>
  #unboxed: Promise<Database> | undefined
  #shared: Owner | undefined

  constructor(ambient: Ambient, openUnboxed: () => Promise<Database>) {
    this.#ambient = ambient
    this.#openUnboxed = openUnboxed
  }

  async run(...call: Parameters<Connection['run']>): ReturnType<Connection['run']> {
    return (await this.#current()).run(...call)
  }

  async alone<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return (await this.#current()).alone(work)
  }

  async close(): Promise<void> {
    await (await this.#unboxed)?.close()
  }

  as<T>(owner: Owner | 'unboxed', work: () => T): T {
    const enter = (): T => this.#owners.run(owner, work)
    // Whose transaction the calling code is in is somebody else's.
    return this.#owners.getStore() === owner ? enter() : outside(this.#ambient, enter)
  }

  unboxed<T>(work: () => T): T {
    return this.as('unboxed', work)
  }

  share(owner: Owner): void {
    if (this.#shared && this.#shared !== owner) {
      throw new OwnershipError(
        'another sandbox is shared already. Two tests at once cannot both be: close the first, or use allow().',
      )
    }
    this.#shared = owner
  }

  unshare(owner: Owner): void {
    if (this.#shared === owner) this.#shared = undefined
  }

  async #current(): Promise<Database> {
    const owner = this.#owners.getStore() ?? this.#shared
    if (owner === 'unboxed') return (this.#unboxed ??= this.#openUnboxed())
    if (owner) return owner.database
    throw new OwnershipError(UNOWNED)
  }
}
