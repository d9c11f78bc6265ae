export { RefusedError, refusalIn } from './errors.ts'
export { cleanUpUploads, retagAudio, takeUploadJob } from './jobs.ts'
export {
  isPicture,
  LIMITS,
  MOST_BYTES,
  pictureKindOf,
  SUBJECTS,
  type Subject,
  UPLOAD_KINDS,
  type UploadKind,
} from './kinds.ts'
export { type UploadParts } from './parts.ts'
export { pictureOfWidth, pictureSizes, storePicture, type PictureSize } from './pictures.ts'
export {
  BEGINNING_BYTES,
  beginUpload,
  cancelUpload,
  findNewestUpload,
  findUpload,
  getOwnUpload,
  lookAtBeginning,
  goOnWithUpload,
  receivedUpload,
} from './receive.ts'
export { removeFile } from './remove-file.ts'
export { listRefused } from './refused.ts'
export { retagLater } from './retag-later.ts'
export { type Staging } from './staging.ts'
export { addressOf, StoredFile } from './stored-file.ts'
export { secondsOf, storeAudio } from './take-audio.ts'
export { setTagAudio } from './tag-option.ts'
export { describeSubject } from './targets.ts'
export { chaptersFromMarkers, putChapters } from './take-markers.ts'
export { getUploaded, type Sound, type Uploaded } from './uploaded.ts'
export { Upload, UPLOAD_STATES, type UploadState } from './upload.ts'
