import { type Repo } from '@showrunner/data'
import * as uploads from '@showrunner/domain/uploads'
import { addresses } from '../../../addresses.ts'
import { type AdminSection } from '../../../presenters/admin/admin-frame.ts'

const { admin } = addresses

interface Home {
  readonly title: string
  readonly href: string
  readonly section: AdminSection
}

/** The page of what an upload is for. */
export async function homeOf(
  repo: Repo,
  { kind, subject, subjectId: id }: Pick<uploads.Uploaded, 'kind' | 'subject' | 'subjectId'>,
): Promise<Home> {
  const { title, podcastId } = await uploads.describeSubject(repo, subject, id)
  switch (subject) {
    case 'episode': {
      const address = kind === 'transcript' ? admin.episodeTranscripts : admin.episodeAudio
      return { title, href: address(podcastId ?? 0, id), section: 'podcasts' }
    }
    case 'podcast':
      return { title, href: admin.editPodcast(id), section: 'podcasts' }
    case 'person':
      return { title, href: admin.editPerson(id), section: 'people' }
    case 'topic':
      return { title, href: admin.editTopic(id), section: 'topics' }
    case 'sponsor':
      return { title, href: admin.editSponsor(id), section: 'sponsors' }
    case 'settings':
      return { title, href: admin.settings, section: 'settings' }
    case 'post':
      return { title, href: admin.editPost(id), section: 'posts' }
    default:
      throw new Error(`unknown subject: ${String(subject satisfies never)}`)
  }
}
