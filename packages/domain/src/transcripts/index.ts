export { Transcript, transcriptChangeset } from './transcript.ts'
export { TranscriptCue } from './transcript-cue.ts'
export { saveTranscript, type TranscriptDocument } from './save-transcript.ts'
export { saveTranscriptLinks, transcriptLinkRows } from './transcript-links.ts'
