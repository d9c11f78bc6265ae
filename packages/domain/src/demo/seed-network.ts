import { join } from 'node:path'
import { build, type Repo } from '@showrunner/data'
import { personOfAddresses } from '../accounts/index.ts'
import { Person, personChangeset } from '../people/index.ts'
import { Redirect, redirectChangeset } from '../redirects/index.ts'
import { getSettings, settingsChangeset } from '../settings/index.ts'
import { Sponsor, sponsorChangeset, SponsorRep } from '../sponsors/index.ts'
import { Topic, topicChangeset } from '../topics/index.ts'
import { CONTENT, type NetworkFile } from './content.ts'
import { insertEach } from './insert-each.ts'
import { type Named } from './names.ts'
import { type Upload, uploadPicture } from './uploads.ts'

/** The network's own words, and everybody and everything its podcasts refer to. */
export async function seedNetwork(
  repo: Repo,
  { settings, people, topics, sponsors, redirects }: NetworkFile,
  upload: Upload,
): Promise<Named> {
  await repo.updateOrThrow(settingsChangeset(await getSettings(repo), settings))
  const folder = join(CONTENT, 'people')
  const personRows = await insertEach(repo, people, async (person) => {
    const avatarUrl = await uploadPicture(upload, folder, person.avatarUrl, 'people')
    return personChangeset(build(Person), { ...person, avatarUrl })
  })
  const topicRows = await insertEach(repo, topics, (topic) => topicChangeset(build(Topic), topic))
  const sponsorRows = await insertEach(repo, sponsors, (sponsor) =>
    sponsorChangeset(build(Sponsor), sponsor),
  )
  await seedReps(repo, sponsors, sponsorRows)
  await insertEach(repo, redirects, (redirect) => redirectChangeset(build(Redirect), redirect))
  return {
    people: new Map(personRows.map(({ handle, id }) => [handle, id])),
    topics: new Map(topicRows.map(({ slug, id }) => [slug, id])),
    sponsors: new Map(sponsorRows.map(({ slug, id }) => [slug, id])),
  }
}

async function seedReps(
  repo: Repo,
  sponsors: NetworkFile['sponsors'],
  rows: readonly Sponsor[],
): Promise<void> {
  for (const { id: sponsorId, slug } of rows) {
    for (const { name, email } of sponsors.find((one) => one.slug === slug)?.reps ?? []) {
      const { id: personId } = await personOfAddresses(repo, [email], name)
      await repo.insertOrThrow(build(SponsorRep, { sponsorId, personId }))
    }
  }
}
