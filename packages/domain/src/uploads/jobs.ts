import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { cleanUp } from './clean-up.ts'
import { type UploadParts } from './parts.ts'
import { retagEpisode } from './retag-audio.ts'
import { takeUpload } from './take-upload.ts'

export const takeUploadJob = defineJob({
  name: 'take_upload',
  args: z.object({ uploadId: z.number() }),
  maxAttempts: 8,
  perform: (parts: UploadParts, { uploadId }) => takeUpload(parts, uploadId),
})

export const retagAudio = defineJob({
  name: 'retag_audio',
  args: z.object({ episodeId: z.number() }),
  maxAttempts: 8,
  perform: (parts: UploadParts, { episodeId }) => retagEpisode(parts, episodeId),
})

export const cleanUpUploads = defineJob({
  name: 'clean_up_uploads',
  args: z.object({}),
  maxAttempts: 3,
  perform: (parts: UploadParts) => cleanUp(parts),
})
