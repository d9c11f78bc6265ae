import { LiveBegins } from './live-begins.ts'
import { LiveRoom } from './live-room.ts'
import { LiveStream } from './live-stream.ts'

export function defineLiveShow(): void {
  customElements.define('live-begins', LiveBegins)
  customElements.define('live-stream', LiveStream)
  customElements.define('live-room', LiveRoom)
}
