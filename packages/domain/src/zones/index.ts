export { inZone, type InZone, isZone, type LocalMoment, localIn, WALL_CLOCK } from './zones.ts'
