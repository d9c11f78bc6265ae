import { type Env, withoutPassword } from '../env.ts'
import { openEmbedded } from './embedded.ts'
import { openExternal } from './external.ts'

export interface Database {
  readonly url: string
  /** For people: where it is, without its password. */
  readonly description: string
  readonly close: () => Promise<void>
}

/** The database of the environment: the one DATABASE_URL names, else the embedded PostgreSQL. */
export async function openDatabase(
  { DATABASE_URL, DATA_DIR }: Pick<Env, 'DATABASE_URL' | 'DATA_DIR'>,
  report: (line: string) => void,
): Promise<Database> {
  if (DATABASE_URL !== undefined) {
    await openExternal(DATABASE_URL, report)
    const description = withoutPassword(DATABASE_URL)
    return { url: DATABASE_URL, description, close: async () => undefined }
  }
  const { url, port, close } = await openEmbedded({ dataDir: DATA_DIR, report })
  return { url, description: `embedded PostgreSQL, port ${port}`, close }
}
