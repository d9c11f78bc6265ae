export {
  type FakeMember,
  fakeMemberful,
  type FakeMemberful,
  type FakeSubscription,
  signed,
} from './fake-memberful.ts'
export { DOCUMENTED, MEMBER, payload, PLAN, SUBSCRIPTION } from './payloads.ts'
