import { start } from '@hotwired/turbo'
// oxlint-disable-next-line import/no-unassigned-import -- it defines its element itself
import '@github/auto-complete-element'
import { clearMissingPictures } from '../missing-pictures.ts'
import { FormRows } from './form-rows.ts'
import { showProblems } from './problems.ts'

start()
clearMissingPictures()
showProblems()
customElements.define('form-rows', FormRows)
