export { seedDemo, type SeedDemoOptions } from './seed-demo.ts'
