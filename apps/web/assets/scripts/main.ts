import { start } from '@hotwired/turbo'
import { defineCopyField } from './copy-field.ts'
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
import { whenThere } from './when-there.ts'
import { ZoneField } from './zone-field.ts'

start()
clearMissingPictures()
showMasquerade()
followPages()
showVisitor()
showReaderTimes()
defineCopyField()
whenThere('discussion-desk', async () => (await import('./discussion.ts')).defineDiscussion())
whenThere('live-begins, live-stream, live-room', async () =>
  (await import('./live-show/define.ts')).defineLiveShow(),
)
defineTranscript()
customElements.define('zone-field', ZoneField)
customElements.define('show-player', ShowPlayer)
playListenLinks()
openSearch()
playFurther()
beTheOnlySound()
