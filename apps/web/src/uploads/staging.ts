import { type Readable } from 'node:stream'
import { type Staging } from '@showrunner/domain/uploads'
import { type DataStore } from '@tus/server'

/** A staging that bytes are sent to: piece by piece by the tus protocol, or in one by a form. */
export interface ReceivingStaging extends Staging {
  readonly store: DataStore
  /** By what the store knows an upload. */
  readonly storeId: (id: number) => string
  /** Writes all of it. Gives the number of its bytes. */
  readonly write: (id: number, bytes: Readable) => Promise<number>
}
