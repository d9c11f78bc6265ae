import { join } from 'node:path'
import { diskStorage, type Storage } from '@showrunner/storage'
import { diskStaging, type ReceivingStaging } from '@showrunner/web'
import { type Env } from '../env.ts'

/** Where uploaded files are kept, as this environment has it. */
export function storageOf(env: Pick<Env, 'DATA_DIR'>): Storage {
  return diskStorage({ directory: uploadsIn(env) })
}

/** Where bytes lie that were uploaded and that nobody has looked at yet. */
export function stagingOf({ DATA_DIR }: Pick<Env, 'DATA_DIR'>): ReceivingStaging {
  return diskStaging({ directory: join(DATA_DIR, 'staging') })
}

export function uploadsIn({ DATA_DIR }: Pick<Env, 'DATA_DIR'>): string {
  return join(DATA_DIR, 'uploads')
}
