export { Settings, settingsChangeset } from './network.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { getSettings, updateSettings } from './settings.ts'
