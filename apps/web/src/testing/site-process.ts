import { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createRepo } from '@showrunner/data'
import { diskStorage } from '@showrunner/storage'
import { diskStaging } from '../uploads/disk-staging.ts'
import { testApp } from './test-app.ts'

/** What a process of the site is told when it starts. */
export interface SiteProcess {
  readonly databaseUrl: string
  readonly folder: string
  readonly port: number
}

process.once('message', (said: SiteProcess) => void serve(said))
process.once('disconnect', () => process.exit())

/** A site in a process of its own, so that a test can kill it. */
async function serve({ databaseUrl, folder, port }: SiteProcess): Promise<void> {
  const app = await testApp(createRepo({ url: databaseUrl }).unscoped(), {
    storage: diskStorage({ directory: join(folder, 'uploads') }),
    staging: diskStaging({ directory: join(folder, 'staging') }),
  })
  await app.listen({ host: '127.0.0.1', port })
  // Listening on an address, not on a pipe.
  const address = app.server.address() as AddressInfo
  process.send?.(address.port)
}
