export { hubsOf, Settings, settingsChangeset, SOCIAL_FIELDS, TEXT_FIELDS } from './network.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { editSettings, getSettings, updateSettings } from './settings.ts'
