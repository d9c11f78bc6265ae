export { fakeGithub, type FakeGithub, type FakeUser } from './fake-github.ts'
