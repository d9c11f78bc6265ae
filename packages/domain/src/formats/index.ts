export { type EpisodeExtras, type PodcastExtras } from './extras.ts'
export {
  EMAIL,
  EMAIL_MESSAGE,
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  HANDLE_ELSEWHERE,
  HANDLE_ELSEWHERE_MESSAGE,
  LANGUAGE,
  LANGUAGE_MESSAGE,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from './formats.ts'
export {
  areCategories,
  areFunding,
  areLocations,
  areSocialInteracts,
  areSoundbites,
  isLicense,
} from './json.ts'
export { lowerCase } from './lower-case.ts'
export { endsAfterStart } from './ends-after-start.ts'
