import { type Changeset } from '@showrunner/data'
import { type Episode, EPISODE_LINES } from '@showrunner/domain/episodes'
import { type Podcast, PODCAST_LINES } from '@showrunner/domain/podcasts'
import { formOf } from '../../admin/form.ts'
import { linesField } from '../../admin/lines-field.ts'
import { type Fieldset } from './form-page.ts'

const LICENCE = 'An abbreviation as of spdx.org, or words of your own and an address.'
const PLACE = 'What it is about, with where that is on a map if you like; a line for each.'
const TEXTS =
  'What a directory or a service wants to read in the feed, with its purpose in brackets.'

/** What podcast apps show of a podcast that its page does not, and what they do with its feed. */
export function podcastInApps(changeset: Changeset<typeof Podcast>): Fieldset {
  const form = formOf(changeset)
  return {
    title: 'In podcast apps',
    help: 'All of it stands in the feed. Apps that know it show it; the others pass it by.',
    fields: [
      form.text('medium', {
        label: 'Medium',
        width: 'short',
        help: 'podcast, music, video, film, audiobook, newsletter or blog.',
      }),
      linesField(changeset, 'updateFrequency', PODCAST_LINES.updateFrequency, {
        label: 'How often',
        help: 'In words, and for calendars by a rule.',
        lines: 1,
      }),
      linesField(changeset, 'license', PODCAST_LINES.license, {
        label: 'Licence',
        help: LICENCE,
        lines: 1,
      }),
      linesField(changeset, 'locations', PODCAST_LINES.locations, { label: 'Places', help: PLACE }),
      linesField(changeset, 'podroll', PODCAST_LINES.podroll, {
        label: 'Shows you recommend',
        help: 'The address of the feed of each, and its name.',
        lines: 3,
      }),
      linesField(changeset, 'payments', PODCAST_LINES.payments, {
        label: 'Who is paid',
        help: 'When listeners send money while they listen: name, Lightning address, share.',
      }),
      linesField(changeset, 'txts', PODCAST_LINES.txts, { label: 'Texts', help: TEXTS }),
      form.text('feedPageSize', {
        label: 'Episodes in the feed',
        type: 'number',
        width: 'short',
        help: 'Empty for all of them. Older ones are then on further pages, which not every app asks for.',
      }),
      form.box('feedRedirects', {
        label: 'Lead apps to the new address of the feed',
        help: 'For a podcast that has moved away: whoever asks for the feed here is sent to the address above.',
      }),
    ],
  }
}

/** The same of an episode. */
export function episodeInApps(changeset: Changeset<typeof Episode>): Fieldset {
  return {
    title: 'In podcast apps',
    help: 'All of it stands in the feed. Apps that know it show it; the others pass it by.',
    fields: [
      linesField(changeset, 'soundbites', EPISODE_LINES.soundbites, {
        label: 'Soundbites',
        help: 'Parts worth quoting, best of 15 to 120 seconds: from, to, and a title.',
        lines: 3,
      }),
      linesField(changeset, 'socialInteracts', EPISODE_LINES.socialInteracts, {
        label: 'Comments elsewhere',
        help: 'Where it is spoken about: protocol, address, account. `disabled` alone says that there are to be none.',
      }),
      linesField(changeset, 'funding', EPISODE_LINES.funding, {
        label: 'Support links',
        help: 'Besides those of the podcast.',
      }),
      linesField(changeset, 'license', EPISODE_LINES.license, {
        label: 'Licence',
        help: LICENCE,
        lines: 1,
      }),
      linesField(changeset, 'locations', EPISODE_LINES.locations, { label: 'Places', help: PLACE }),
      linesField(changeset, 'txts', EPISODE_LINES.txts, { label: 'Texts', help: TEXTS }),
    ],
  }
}
