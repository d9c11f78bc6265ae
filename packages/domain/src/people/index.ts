export { Person, personChangeset, profileChangeset, rolesChangeset } from './person.ts'
export { createPerson, findPerson, getPerson, updatePerson } from './people.ts'
export { listPeopleNamed, nameKey } from './by-name.ts'
export { getPersonPage, type PersonPage } from './person-page.ts'
