export { saysWhen, staysOut } from './publishing-moment.ts'
export { clockShows, withMoment } from './typed-moment.ts'
export { inZone, type InZone, isZone, type LocalMoment, localIn, WALL_CLOCK } from './zones.ts'
