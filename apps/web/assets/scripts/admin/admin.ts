import { start } from '@hotwired/turbo'
import '@github/auto-complete-element'
import { clearMissingPictures } from '../missing-pictures.ts'
import { FormRows } from './form-rows.ts'
import { showProblems } from './problems.ts'

start()
clearMissingPictures()
showProblems()
customElements.define('form-rows', FormRows)
