export { type FakeTime, fakeTime } from './fake-time.ts'
