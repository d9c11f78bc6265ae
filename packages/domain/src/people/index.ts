export { Person, personChangeset, profileChangeset } from './person.ts'
