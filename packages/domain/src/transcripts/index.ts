export { Transcript, transcriptChangeset } from './transcript.ts'
export { TranscriptCue } from './transcript-cue.ts'
export { saveTranscript, type TranscriptDocument } from './save-transcript.ts'
