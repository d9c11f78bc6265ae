import { compileFunction } from 'node:vm'

/**
 * Runs a program in which `await` works and the names of the scope are known. One that is a single expression
 * gives its value.
 */
export async function runScript(
  code: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  return Reflect.apply(compile(code, Object.keys(scope)), undefined, Object.values(scope))
}

function compile(code: string, names: readonly string[]): ReturnType<typeof compileFunction> {
  const options = { filename: 'stdin' }
  try {
    return compileFunction(`return (async () => (${code}\n))()`, names, options)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return compileFunction(`return (async () => {${code}\n})()`, names, options)
  }
}
