import { after, type TestContext } from 'node:test'

import { createRepo, type Repo, type RepoOptions } from '../repo/repo.ts'
import { cloneDatabase, dropDatabase } from './databases.ts'
import { testDatabaseUrl } from './env.ts'
import {
  createSandboxes,
  type Sandbox,
  type Sandboxes,
  type SandboxOptions,
} from './create-sandboxes.ts'

const NO_DATABASE =
  'TEST_DATABASE_URL is not set: `npm test` brings a database, or name a migrated one of yours'

/** The body of a test, which is given a repo and what goes with it. */
export type SandboxedBody = (repo: Repo, t: TestContext, sandbox: Sandbox) => Promise<void>

/**
 * A test body with a repo of its own: one connection, in a transaction that is rolled back when the
 * test ends. Tests see nothing of each other, so they may run at the same time.
 */
export function sandboxed(
  body: SandboxedBody,
  options: SandboxOptions = {},
): (t: TestContext) => Promise<void> {
  if (testDatabaseUrl() === undefined) return async (t) => t.skip(NO_DATABASE)
  // It is copied while the other tests of the file are declared. Whoever needs it hears of a failure.
  copied().catch(() => undefined)
  return async (t) => {
    await inSandbox(sandboxes, t, body, options)
  }
}

/** Runs the body of a test as the owner of a sandbox, for a helper of your own. */
export async function inSandbox(
  sandboxes: Sandboxes,
  t: TestContext,
  body: SandboxedBody,
  options: SandboxOptions = {},
): Promise<void> {
  const sandbox = await sandboxes.open({ name: `the test "${t.fullName}"`, ...options })
  try {
    await sandbox.allow(() => body(sandbox.repo, t, sandbox))
  } finally {
    await sandbox.close()
  }
}

// One copy for each file of tests, which is a process: within a file the author sees which unique values two tests share
// and would wait for each other over, between files nobody does.
let copy: Promise<string> | undefined

function copied(): Promise<string> {
  return (copy ??= cloneDatabase(testDatabaseUrl() ?? ''))
}

/**
 * The sandboxes of this file's tests. Its `repo` is what an app is built with that several tests share: each
 * call goes to the sandbox of the test it is made in.
 */
export const sandboxes: Sandboxes = createSandboxes(copied)
after(async () => {
  await sandboxes.close()
  if (copy) await dropDatabase(await copy)
})

export interface TestDatabase {
  readonly url: string
  readonly repo: Repo
}

/**
 * A database of the test's own, for what has to commit or needs a server: a copy of the migrated one,
 * dropped when the test ends. Undefined, and the test skipped, where there is none to copy.
 */
export async function testDatabase(
  t: Pick<TestContext, 'after' | 'skip'>,
  options: Omit<RepoOptions, 'url' | 'pool'> = {},
): Promise<TestDatabase | undefined> {
  const template = testDatabaseUrl()
  if (template === undefined) {
    t.skip(NO_DATABASE)
    return undefined
  }
  const url = await cloneDatabase(template)
  const repo = createRepo({ ...options, url })
  // What a hook registers comes after every other hook: a server of the test's closes before its database goes.
  t.after(() => {
    t.after(async () => {
      await repo.close()
      await dropDatabase(url)
    })
  })
  return { url, repo }
}

/** Opens a sandbox on any database, for a helper of your own. */
export async function openSandbox(
  url: string,
  { name, timeoutMs, ...options }: SandboxOptions & Omit<RepoOptions, 'url' | 'pool'> = {},
): Promise<Sandbox> {
  const sandboxes = createSandboxes(url, options)
  const sandbox = await sandboxes.open({
    ...(name === undefined ? {} : { name }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  // It was opened by itself, and takes its connection with it.
  return { ...sandbox, close: () => sandboxes.close() }
}
