import { join } from 'node:path'
import { diskStorage, type Storage } from '@showrunner/storage'
import { type Env } from '../env.ts'

/** Where uploaded files are kept, as this environment has it. */
export function storageOf(env: Pick<Env, 'DATA_DIR'>): Storage {
  return diskStorage({ directory: uploadsIn(env) })
}

export function uploadsIn({ DATA_DIR }: Pick<Env, 'DATA_DIR'>): string {
  return join(DATA_DIR, 'uploads')
}
