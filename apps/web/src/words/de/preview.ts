import { type Words } from '../words.ts'

export const preview: Words['preview'] = {
  banner: 'Eine Vorschau: Das ist noch nicht erschienen. Bitte gib es nicht weiter.',
  over: 'Diese Vorschau ist vorbei',
  why: 'Der Link wurde zurückgenommen, oder er galt dreißig Tage, und die sind um. Bitte, wer ihn dir geschickt hat, um einen neuen.',
  published: 'Was erschienen ist',
}
