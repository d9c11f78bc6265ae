export { Settings, settingsChangeset } from './network.ts'
