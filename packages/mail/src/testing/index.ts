export { fakeSmtp, type FakeSmtp, type Taken } from './fake-smtp.ts'
