import { type Repo } from '@showrunner/data'
import { type Live, startLive } from '@showrunner/live'
import { tell } from '../output.ts'

/** Pages that are kept. In development only those that somebody looks at, as their views change without anybody telling. */
export function liveOn(
  databaseUrl: string,
  repo: Repo,
  { development }: { readonly development: boolean },
): Promise<Live> {
  return startLive({
    databaseUrl,
    repo,
    log: (_level, message) => tell(message),
    ...(development ? { mostBytes: 0 } : {}),
  })
}
