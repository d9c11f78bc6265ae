import { type Upload, type UploadState } from '@showrunner/domain/uploads'
import { addresses } from '../../addresses.ts'
import { fileSize } from '../sizes.ts'

/** How far an upload is, in words. */
export interface UploadStateView {
  readonly id: number
  readonly state: UploadState
  readonly name: string
  readonly size: string
  readonly words: string
  readonly message: string | null
  /** Whether something is still to come of it. */
  readonly isOpen: boolean
  readonly cancelAction: string
}

const WORDS: Readonly<Record<UploadState, string>> = {
  receiving: 'On its way',
  received: 'Being looked at',
  taken: 'Taken',
  refused: 'Not taken',
  cancelled: 'Cancelled',
}

export function uploadState({ id, state, name, bytes, message }: Upload): UploadStateView {
  return {
    id,
    state,
    name,
    size: fileSize(bytes),
    words: WORDS[state],
    message,
    isOpen: state === 'receiving' || state === 'received',
    cancelAction: addresses.admin.cancelUpload(id),
  }
}
