import { type Repo } from '@showrunner/data'
import { removeExpired } from '@showrunner/domain/accounts'
import { type TaskList } from 'graphile-worker'

/** What a task works with. */
export interface TaskParts {
  readonly repo: Repo
  readonly clock: () => Date
}

/** Every job by its name: one call into the domain each. */
export function tasks({ repo, clock }: TaskParts): TaskList {
  return {
    remove_expired_sign_ins: async () => {
      await removeExpired(repo, clock())
    },
  }
}
