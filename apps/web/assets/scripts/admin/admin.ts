import { start } from '@hotwired/turbo'
// oxlint-disable-next-line import/no-unassigned-import -- it defines its element itself
import '@github/auto-complete-element'
import { defineCopyField } from '../copy-field.ts'
import { keepWhatIsTheVisitors } from '../live-page-morphs.ts'
import { clearMissingPictures } from '../missing-pictures.ts'
import { AlsoHere } from './also-here.ts'
import { LiveRoom } from '../live-show/live-room.ts'
import { BulkForm } from './bulk-form.ts'
import { CopyLink } from './copy-link.ts'
import { FileUpload } from './file-upload.ts'
import { fillFromPicked } from './filling.ts'
import { FormRows } from './form-rows.ts'
import { LiveStudio } from './live-studio.ts'
import { MarkdownPreview } from './markdown-preview.ts'
import { arrivedWith, KeptForm } from './kept-form.ts'
import { HeardCues } from './heard-cues.ts'
import { showHere } from './here-in-view.ts'
import { LetterCount } from './letter-count.ts'
import { LiveParts } from './live-parts.ts'
import { keepLastPart } from './pasted-slug.ts'
import { SearchPalette } from './search-palette.ts'
import { tidyPickers } from './picker-lists.ts'
import { showProblems } from './problems.ts'
import { TextFile } from './text-file.ts'

start()
clearMissingPictures()
keepWhatIsTheVisitors()
showProblems()
showHere()
tidyPickers()
document.addEventListener('turbo:load', arrivedWith)
customElements.define('also-here', AlsoHere)
customElements.define('bulk-form', BulkForm)
document.addEventListener('combobox-commit', fillFromPicked)
document.addEventListener('paste', keepLastPart)
customElements.define('copy-link', CopyLink)
customElements.define('letter-count', LetterCount)
customElements.define('live-parts', LiveParts)
customElements.define('file-upload', FileUpload)
customElements.define('form-rows', FormRows)
customElements.define('kept-form', KeptForm)
customElements.define('search-palette', SearchPalette)
customElements.define('markdown-preview', MarkdownPreview)
customElements.define('text-file', TextFile)
customElements.define('heard-cues', HeardCues)
defineCopyField()
customElements.define('live-room', LiveRoom)
customElements.define('live-studio', LiveStudio)
