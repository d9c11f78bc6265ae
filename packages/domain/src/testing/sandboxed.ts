import {
  sandboxed as inSandbox,
  type SandboxedBody,
  testDatabase as cloned,
  type TestDatabase,
} from '@showrunner/data/sandbox'

/** As the data layer's, but the repo is one of everybody's rows, as those are that the program's parts are handed. */
export function sandboxed(body: SandboxedBody, ...options: Tail<typeof inSandbox>) {
  return inSandbox((repo, t, sandbox) => body(repo.unscoped(), t, sandbox), ...options)
}

/** As the data layer's, with such a repo. */
export async function testDatabase(
  ...given: Parameters<typeof cloned>
): Promise<TestDatabase | undefined> {
  const database = await cloned(...given)
  return database && { ...database, repo: database.repo.unscoped() }
}

type Tail<F extends (...given: never[]) => unknown> =
  Parameters<F> extends [unknown, ...infer Rest] ? Rest : never
