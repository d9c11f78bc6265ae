export { countBy } from './count-by.ts'
export { type ListOptions, type Paged, paged } from './paged.ts'
export { matching, patternsIn } from './matching.ts'
export { sorted } from './sorted.ts'
