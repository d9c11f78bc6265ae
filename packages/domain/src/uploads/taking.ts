import { type Repo } from '@showrunner/data'
import { type Account } from '../accounts/index.ts'
import { type UploadParts } from './parts.ts'
import { type Upload } from './upload.ts'

/** An upload that is being looked at. */
export interface Taking {
  readonly parts: UploadParts
  /** Of who sent it: what they may not reach, their upload does not change. */
  readonly repo: Repo
  readonly sender: Account
  readonly upload: Upload
  readonly path: string
  /** To work in. */
  readonly folder: string
}

/** What an upload came to. `write` puts it into its place, in the transaction that ends the upload. */
export interface Taken {
  readonly resultKey: string | null
  /** What was noticed, for who sent it. */
  readonly message: string | null
  readonly write: () => Promise<void>
}
