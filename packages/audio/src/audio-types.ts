/** The types of sound taken here; each is also the ending of such a file's name. */
export const AUDIO_TYPES = ['mp3', 'm4a', 'wav', 'ogg', 'opus', 'flac'] as const
export type AudioType = (typeof AUDIO_TYPES)[number]

/** The type to serve each as. M4A is `audio/x-m4a` because that is the name in Apple's list of enclosures. */
export const MEDIA_TYPES: Readonly<Record<AudioType, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/x-m4a',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  opus: 'audio/opus',
  flac: 'audio/flac',
}

/** What people call each. */
export const TYPE_NAMES: Readonly<Record<AudioType, string>> = {
  mp3: 'MP3',
  m4a: 'M4A',
  wav: 'WAV',
  ogg: 'Ogg Vorbis',
  opus: 'Opus',
  flac: 'FLAC',
}
