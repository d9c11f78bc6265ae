export { type Dashboard, getDashboard, type NetworkToday } from './dashboard.ts'
export { type DraftInWork, type ShowToday } from './shows.ts'
