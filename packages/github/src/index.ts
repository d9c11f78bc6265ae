export { authorizeAddress, newAttempt, type Attempt } from './authorize.ts'
export { GithubError } from './errors.ts'
export { type GithubApp } from './github-app.ts'
export { verifiedPerson, type VerifiedPerson } from './verified-person.ts'
