import { type Params, type Repo, type Saved } from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { Settings, settingsChangeset } from './network.ts'

const THE_ROW = 1

export async function getSettings(repo: Repo): Promise<Settings> {
  return repo.getOrThrow(Settings, THE_ROW)
}

export async function updateSettings(repo: Repo, params: Params): Promise<Saved<typeof Settings>> {
  return repo.update(settingsChangeset(await getSettings(repo), params), AS_OPENED)
}
