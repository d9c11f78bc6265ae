export { formatTime, parseOffset, parseTime } from './clock.ts'
export { digestOf, type DraftCue } from './draft-cue.ts'
export { saveCues, type SavedCues } from './edit-transcript.ts'
export {
  type EditedWhole,
  matchSpeaker,
  renameSpeaker,
  replaceWords,
  shiftTimes,
  SpeakerMatch,
  SpeakerName,
  TimeShift,
  WordsReplacement,
} from './edit-whole.ts'
export { editPasted, languageTagOf, Pasted, pastedChangeset } from './pasted.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export {
  FORMAT_TYPES,
  readPasted,
  type ReadPasted,
  readSent,
  type SpeakerCount,
  speakersIn,
  type UnreadPasted,
  type UnreadSent,
} from './read-pasted.ts'
export {
  type EpisodeToTranscribe,
  getEpisodeToTranscribe,
  getTranscript,
  listCues,
  listTranscripts,
  transcriptFile,
} from './read-transcripts.ts'
export { type Clash, type RowProblem, type SentRow } from './save-rows.ts'
export { saveTranscript, type TranscriptDocument } from './save-transcript.ts'
export { castOf, listMatched, matchSpeakers, suggestPeople, type Suggestions } from './speakers.ts'
export {
  lookAtPasted,
  type LookedAt,
  type PastedPreview,
  previewPasted,
  type Taken,
  takeRead,
  takeTranscript,
} from './take-transcript.ts'
export { TranscriptCue } from './transcript-cue.ts'
export { saveTranscriptLinks, transcriptLinkRows } from './transcript-links.ts'
export { listVersions, type TranscriptAction, TranscriptVersion } from './transcript-version.ts'
export { Transcript, transcriptChangeset } from './transcript.ts'
export { deleteTranscript, getVersion, restoreVersion } from './versions.ts'
export { foundIn } from './whole-transcript.ts'
