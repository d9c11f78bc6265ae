/** An address elsewhere on the web. The database holds every such column to its beginning. */
export const WEB_ADDRESS = /^https?:\/\/\S+$/
export const WEB_ADDRESS_MESSAGE = 'must be an address that begins with http:// or https://'

/** The same, or a file of ours by its path from the root. */
export const FILE_ADDRESS = /^(?:https?:\/\/|\/(?!\/))\S+$/
export const FILE_ADDRESS_MESSAGE = 'must begin with http:// or https://, or be a path of this site'

/** A host as a browser names it, in lower case: `localtime.example`. */
export const HOST =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
export const HOST_MESSAGE = 'must be a host such as localtime.example'

export const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/
export const EMAIL_MESSAGE = 'must be an e-mail address'

export const HANDLE_ELSEWHERE = /^[^\s/<>"]+$/
export const HANDLE_ELSEWHERE_MESSAGE = 'can only be the name itself, without spaces or slashes'

/** A language tag as feeds write it: `en`, `en-GB`, `zh-Hant-TW`. */
export const LANGUAGE = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/
export const LANGUAGE_MESSAGE = 'must be a language code such as en or en-GB'

/** `audio/opus`, `video/mp4` */
export const MEDIA_TYPE = /^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/i
export const MEDIA_TYPE_MESSAGE = 'must be a media type such as audio/opus'

/** What those do who make a show, as the podcast namespace groups it. */
export const PERSON_GROUPS = [
  'cast',
  'creative direction',
  'writing',
  'audio production',
  'audio post-production',
  'video production',
  'video post-production',
  'visuals',
  'administration',
  'community',
  'misc.',
] as const
