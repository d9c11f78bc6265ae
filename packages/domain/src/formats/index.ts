export { type Json } from './as-json.ts'
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
  MEDIA_TYPE,
  MEDIA_TYPE_MESSAGE,
  PERSON_GROUPS,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from './formats.ts'
export {
  areBlocks,
  areCategories,
  areContentLinks,
  areFunding,
  areLocations,
  arePayments,
  areRemoteItems,
  areSocialInteracts,
  areSoundbites,
  areSources,
  areTexts,
  areTrailers,
  areTxts,
  isChat,
  isLicense,
  isRemoteItem,
  isUpdateFrequency,
} from './json.ts'
export { lowerCase } from './lower-case.ts'
export { endsAfterStart } from './ends-after-start.ts'
