export { fakeSlack, type FakeSlack, type FakeUser, type SlackCall } from './fake-slack.ts'
export { signedEvent, teamJoin } from './signed-event.ts'
