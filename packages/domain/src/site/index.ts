export { home, type Home } from './home.ts'
