// The server of `showrunner dev`, as a program of its own: it is ended and started again whenever code changes.
import { join } from 'node:path'
import { devAssets } from '@showrunner/web'
import { currentEnv } from '../env.ts'
import { beforeEnd, endWhenAsked } from '../processes/lifetime.ts'
import { print } from '../output.ts'
import { bringUpToDate } from '../site/migrated.ts'
import { serveSite } from '../site/serve.ts'

endWhenAsked()
const [reloadPort = '24700'] = process.argv.slice(2)
const env = currentEnv()
const databaseUrl = env.DATABASE_URL
if (databaseUrl === undefined) throw new Error('dev/serve.ts is started by `showrunner dev`')

await bringUpToDate(databaseUrl, ({ name }) => print(`Migrated: ${name}`))
const assets = await devAssets({ port: Number(reloadPort), cacheDir: join(env.DATA_DIR, 'vite') })
const site = await serveSite({ env, databaseUrl, assets, worker: true, development: true })
beforeEnd(site.stop)
print(`Serving ${site.publicUrl}`)
