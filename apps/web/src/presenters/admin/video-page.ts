import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type Episode } from '@showrunner/domain/episodes'
import * as podcasts from '@showrunner/domain/podcasts'
import {
  type Description,
  LONGEST_DESCRIPTION,
  type VideoEpisode,
} from '@showrunner/domain/youtube'
import { addresses } from '../../addresses.ts'
import { type LongTextField, type TextField } from '../../admin/field.ts'
import { formOf, idOf, type Problem, problemsOf } from '../../admin/form.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { episodeTabs } from './episode-tabs.ts'
import { type Tab } from './list-page.ts'

const { admin } = addresses

/** Where the text below an episode's video is made, and where its address is said. */
export interface VideoPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly problems: readonly Problem[]
  readonly action: string
  readonly offset: TextField
  readonly markers: LongTextField
  readonly text: string
  readonly count: string
  readonly warnings: readonly string[]
  /** Of who may change it. */
  readonly templateHref: string | null
  readonly address: {
    readonly action: string
    readonly field: TextField
    readonly href: string | null
  }
}

/** What was said of the video, and what is wrong with it. */
export interface SaidOfVideo {
  readonly offset: string
  readonly markers: string
  readonly offsetError?: string | undefined
  readonly markerErrors: readonly string[]
}

export function videoPage(
  frame: AdminFrame,
  actor: Account,
  episode: VideoEpisode,
  shown: {
    readonly said: SaidOfVideo
    readonly description: Description
    readonly changeset: Changeset<typeof Episode>
  },
): VideoPage {
  const { said, description, changeset } = shown
  const { id, podcastId, podcast } = episode
  const offset = offsetField(said)
  const markers = markersField(said)
  const address = formOf(changeset).text('youtubeUrl', {
    label: 'Video on YouTube',
    help: 'Its address or its id. The page of the episode leads there.',
  })
  return {
    frame,
    tabs: episodeTabs(frame, episode, 'youtube'),
    problems: problemsOf([offset, markers, address]),
    action: admin.episodeVideo(podcastId, id),
    offset,
    markers,
    text: description.text,
    count: `${description.text.length.toLocaleString('en')} of ${LONGEST_DESCRIPTION.toLocaleString('en')} letters`,
    warnings: description.warnings,
    templateHref: podcasts.may(actor, 'update', podcast)
      ? `${admin.editPodcast(podcastId)}#${idOf('youtubeTemplate')}`
      : null,
    address: {
      action: admin.episodeVideoAddress(podcastId, id),
      field: address,
      href: episode.youtubeUrl,
    },
  }
}

function offsetField({ offset, offsetError }: SaidOfVideo): TextField {
  return {
    kind: 'text',
    id: idOf('offset'),
    name: 'offset',
    label: 'The video begins earlier by',
    help: 'As 0:45, or -0:45 for one that begins later. The chapters move with it.',
    errors: offsetError === undefined ? [] : [offsetError],
    required: false,
    type: 'text',
    value: offset,
    width: 'short',
    maxLength: 20,
    step: null,
  }
}

function markersField({ markers, markerErrors }: SaidOfVideo): LongTextField {
  return {
    kind: 'long-text',
    id: idOf('markers'),
    name: 'markers',
    label: 'Markers of the video',
    help: 'What the editor of the video exports, or lines as 0:00 Welcome. Left empty, the chapters of the episode are taken. Nothing of it is stored.',
    errors: markerErrors,
    required: false,
    value: markers,
    lines: 6,
    markdown: false,
  }
}
