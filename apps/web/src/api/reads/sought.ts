import { NotFoundError } from '@showrunner/data'
import { Problem } from '../problem.ts'

/** The id of what a parameter names, where it is said. @throws Problem that names the parameter where there is none such. */
export async function sought(
  name: string,
  value: string | undefined,
  find: (value: string) => Promise<{ readonly id: number }>,
): Promise<number | undefined> {
  if (value === undefined) return undefined
  try {
    return (await find(value)).id
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    const detail = `names nothing that anybody may see: there is no ${name} "${value}"`
    throw new Problem('not-found', {
      detail: `${name} ${detail}.`,
      faults: [{ in: 'query', name, detail }],
    })
  }
}
