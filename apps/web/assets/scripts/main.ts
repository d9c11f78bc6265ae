import { start } from '@hotwired/turbo'
import { defineCopyField } from './copy-field.ts'
import { defineDiscussion } from './discussion.ts'
import { defineLiveShow } from './live-show/define.ts'
import { followPages } from './live-page.ts'
import { clearMissingPictures } from './missing-pictures.ts'
import { showMasquerade } from './masquerade.ts'
import { playFurther } from './player/further.ts'
import { playListenLinks } from './player/listen-links.ts'
import { beTheOnlySound } from './player/only-sound.ts'
import { openSearch } from './search/open-search.ts'
import { ShowPlayer } from './player/show-player.ts'
import { defineTranscript } from './transcript/define.ts'
import { showReaderTimes } from './reader-times.ts'
import { showVisitor } from './visitor.ts'
import { ZoneField } from './zone-field.ts'

start()
clearMissingPictures()
showMasquerade()
followPages()
showVisitor()
showReaderTimes()
defineCopyField()
defineDiscussion()
defineLiveShow()
defineTranscript()
customElements.define('zone-field', ZoneField)
customElements.define('show-player', ShowPlayer)
playListenLinks()
openSearch()
playFurther()
beTheOnlySound()
