export { type EpisodeExtras, type Json, type PodcastExtras } from './extras.ts'
export {
  EMAIL,
  EMAIL_MESSAGE,
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  HANDLE_ELSEWHERE,
  HANDLE_ELSEWHERE_MESSAGE,
  HOST,
  HOST_MESSAGE,
  LANGUAGE,
  LANGUAGE_MESSAGE,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from './formats.ts'
export {
  areCategories,
  areFunding,
  areLocations,
  arePayments,
  areRemoteItems,
  areSocialInteracts,
  areSoundbites,
  areTxts,
  isLicense,
  isUpdateFrequency,
} from './json.ts'
export { lowerCase } from './lower-case.ts'
export { endsAfterStart } from './ends-after-start.ts'
