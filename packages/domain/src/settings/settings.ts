import { change, type Changeset, type Params, type Repo, type Saved } from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { Settings, settingsChangeset } from './network.ts'

const THE_ROW = 1

export async function getSettings(repo: Repo): Promise<Settings> {
  return repo.getOrThrow(Settings, THE_ROW)
}

/** What the form begins with. */
export async function editSettings(repo: Repo): Promise<Changeset<typeof Settings>> {
  return change(await getSettings(repo), {})
}

export async function updateSettings(repo: Repo, params: Params): Promise<Saved<typeof Settings>> {
  return repo.update(settingsChangeset(await getSettings(repo), params), AS_OPENED)
}
