import { type Community } from './community.ts'

/** Nobody is asked and nobody hears anything: it is only written down what would have been done. */
export const logCommunity: Community = {
  name: 'the log',
  invite: async ({ name }) => ({
    kind: 'invited',
    words: `${name} would be invited; by the settings it is only written down.`,
  }),
  welcome: async () => [],
  greet: async () => 'nowhere',
  remove: async () => false,
  announce: async () => 'nowhere',
  userOf: async () => undefined,
  find: async () => undefined,
}
