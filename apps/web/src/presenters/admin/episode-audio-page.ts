import { type Episode } from '@showrunner/domain/episodes'
import { addresses } from '../../addresses.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { episodeTabs } from './episode-tabs.ts'
import { type Tab } from './list-page.ts'
import { type UploadPanel } from './upload-panel.ts'

/** The recordings of an episode, its cover, and chapters from elsewhere. */
export interface EpisodeAudioPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly label: string
  readonly panels: readonly UploadPanel[]
  readonly markers: MarkersForm
}

export interface MarkersForm {
  readonly action: string
  readonly text: string
  /** What is wrong with the list, line by line. */
  readonly errors: readonly string[]
}

interface SentMarkers {
  readonly text: string
  readonly errors: readonly { readonly line: number; readonly message: string }[]
}

export function markersForm(
  { id, podcastId }: Pick<Episode, 'id' | 'podcastId'>,
  sent: SentMarkers = { text: '', errors: [] },
): MarkersForm {
  return {
    action: addresses.admin.episodeMarkers(podcastId, id),
    text: sent.text,
    errors: sent.errors.map(({ line, message }) => `Line ${line}: ${message}`),
  }
}

export function audioTabs(
  frame: AdminFrame,
  episode: Pick<Episode, 'id' | 'podcastId'>,
): readonly Tab[] {
  return episodeTabs(frame, episode, 'audio')
}
