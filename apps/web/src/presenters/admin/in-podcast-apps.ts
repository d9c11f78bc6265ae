import { type Changeset } from '@showrunner/data'
import { type Episode, EPISODE_LINES, type EpisodeSheet } from '@showrunner/domain/episodes'
import { type Podcast, PODCAST_LINES, type PodcastSheet } from '@showrunner/domain/podcasts'
import { formOf } from '../../admin/form.ts'
import { linesField } from '../../admin/lines-field.ts'
import { alternatesField, picturesField } from './feed-rows.ts'
import { type Fieldset } from './form-page.ts'

const LICENCE = 'An abbreviation as of spdx.org, or words of your own and an address.'
const PLACE = 'What it is about, with where that is on a map if you like; a line for each.'
const TEXTS =
  'What a directory or a service wants to read in the feed, with its purpose in brackets.'
const COMMENTS =
  'Where it is spoken about: protocol, address, account. `disabled` alone says that there are to be none.'
const CHAT =
  'Where listeners talk with each other: protocol, server, and the room and account there.'
const PAID = 'When listeners send money while they listen: name, Lightning address, share.'

/** What podcast apps show of a podcast that its page does not, and what they do with its feed. */
export function podcastInApps(sheet: PodcastSheet, changeset: Changeset<typeof Podcast>): Fieldset {
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
        help: 'In words, and for calendars by a rule; from:2026-01-02 and complete may follow.',
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
        help: PAID,
      }),
      ...ofPodcast(changeset),
      linesField(changeset, 'txts', PODCAST_LINES.txts, { label: 'Texts', help: TEXTS }),
      picturesField(
        changeset,
        sheet.pictures,
        'A banner, one to be shared with, one for a whole screen: apps take the one that fits.',
      ),
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

function ofPodcast(changeset: Changeset<typeof Podcast>) {
  return [
    linesField(changeset, 'chat', PODCAST_LINES.chat, { label: 'Chat', help: CHAT, lines: 1 }),
    linesField(changeset, 'socialInteracts', PODCAST_LINES.socialInteracts, {
      label: 'Comments elsewhere',
      help: COMMENTS,
    }),
    linesField(changeset, 'trailers', PODCAST_LINES.trailers, {
      label: 'Trailers',
      help: 'Those that are no episodes: address, day, title. Episodes that are trailers are among them anyway.',
    }),
    linesField(changeset, 'blocks', PODCAST_LINES.blocks, {
      label: 'Services that must not have it',
      help: 'A line for each, by its name at podcastindex.org. With `may` behind it, it may, although all others must not.',
    }),
    linesField(changeset, 'publisher', PODCAST_LINES.publisher, {
      label: 'Publisher',
      help: 'If it is not this network: the address of the publisher’s feed, and its name.',
      lines: 1,
    }),
    linesField(changeset, 'remoteItems', PODCAST_LINES.remoteItems, {
      label: 'What is in the list',
      help: 'For a medium that is a list of feeds, as musicL: the address of the feed of each, and its name.',
    }),
  ]
}

/** The same of an episode. */
export function episodeInApps(sheet: EpisodeSheet, changeset: Changeset<typeof Episode>): Fieldset {
  const form = formOf(changeset)
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
        help: COMMENTS,
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
      ...ofEpisode(changeset),
      form.text('itunesTitle', {
        label: 'Title at Apple',
        help: 'Without the name of the show and the number, if they stand in the title. Empty where it is the same.',
      }),
      form.text('author', {
        label: 'Author in directories',
        help: 'If it is not that of the podcast.',
      }),
      picturesField(
        changeset,
        sheet.pictures,
        'One to be shared with, one for a whole screen: apps take the one that fits.',
      ),
      alternatesField(sheet, changeset),
    ],
  }
}

function ofEpisode(changeset: Changeset<typeof Episode>) {
  return [
    linesField(changeset, 'chat', EPISODE_LINES.chat, {
      label: 'Chat',
      help: `${CHAT} Empty for that of the podcast.`,
      lines: 1,
    }),
    linesField(changeset, 'payments', EPISODE_LINES.payments, {
      label: 'Who is paid',
      help: `${PAID} Empty for those of the podcast.`,
    }),
    linesField(changeset, 'contentLinks', EPISODE_LINES.contentLinks, {
      label: 'To be had elsewhere',
      help: 'Where an app that cannot play it leads: address and words.',
    }),
    linesField(changeset, 'categories', EPISODE_LINES.categories, {
      label: 'Categories',
      help: 'By which readers of feeds sort it; a line for each.',
    }),
  ]
}
