export { freeHandle, freeHandles } from './free-handle.ts'
export { knownPeople } from './known.ts'
export {
  emailChangeset,
  Person,
  personChangeset,
  profileChangeset,
  rolesChangeset,
} from './person.ts'
export { createPerson, findPerson, getPerson, getPersonById, updatePerson } from './people.ts'
export { PersonHandle } from './person-handle.ts'
export { findByOldHandle } from './handles.ts'
export { listPeopleNamed, nameKey } from './by-name.ts'
export { editProfile, listHosted, updateProfile } from './profile.ts'
export { EPISODES_OF_ONE, getPersonPage, type PersonPage } from './person-page.ts'
export { getPeoplePage, type HostOfShows, type PeoplePage } from './people-page.ts'
export { getPersonPart, PERSON_PARTS, type PersonPart, type PersonPartPage } from './person-part.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { deletePerson, deleteUnused, listUnused, type Removed } from './delete-person.ts'
export { type Merged, mergePeople, type MergePreview, previewMerge, type Role } from './merge.ts'
export { type PointingName, type Uses } from './pointing.ts'
export { mailWelcome, type Welcome, WELCOMES } from './jobs.ts'
export { guestWelcomeMail, PEOPLE_MAILS, welcomeMail } from './mails.ts'
export { type Appearance } from './appearances.ts'
export { getPersonDesk, type Part, type PersonDesk } from './person-desk.ts'
export { pickPerson } from './known.ts'
export {
  type ListedPerson,
  PEOPLE_GROUPS,
  PEOPLE_SORTS,
  type PeopleGroup,
  peopleGroups,
  searchPeople,
} from './search-people.ts'
export { addPerson, editPerson, type Greeting, newPerson, proposePerson } from './write-people.ts'
