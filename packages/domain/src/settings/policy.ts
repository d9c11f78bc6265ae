import { isAdmin, policy } from '../policies/index.ts'

export const { actions, may, mayOrThrow } = policy('settings', { show: isAdmin, update: isAdmin })
