export { type Everything, type Listed, listEverything } from './everything.ts'
export { home, type Home } from './home.ts'
