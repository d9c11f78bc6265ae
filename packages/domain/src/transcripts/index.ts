export { Transcript, transcriptChangeset } from './transcript.ts'
export { TranscriptCue } from './transcript-cue.ts'
