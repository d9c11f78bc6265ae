export { mp3Frames, type FrameKind } from './mp3.ts'
export { picture } from './picture.ts'
export { wave, type Cue } from './wave.ts'
