import { type AdminPage } from './admin-frame.ts'
import { type UploadPanel } from './upload-panel.ts'

/** Where something gets its picture. */
export interface PicturePage extends AdminPage {
  readonly panel: UploadPanel
  readonly backHref: string
}
