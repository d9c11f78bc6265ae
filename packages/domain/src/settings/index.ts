export { Settings, settingsChangeset } from './network.ts'
export { getSettings, updateSettings } from './settings.ts'
