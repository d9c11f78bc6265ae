import { change, type Repo } from '@showrunner/data'
import * as episodes from '../episodes/index.ts'
import * as people from '../people/index.ts'
import * as podcasts from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'
import * as posts from '../posts/index.ts'
import * as settings from '../settings/index.ts'
import * as sponsors from '../sponsors/index.ts'
import * as topics from '../topics/index.ts'
import { type Subject } from './kinds.ts'

/** What an upload is for. */
export interface Target {
  readonly title: string
  readonly podcastId: number | null
  /** Where its files lie. */
  readonly folder: string
  /** @throws NotAllowedError */
  readonly mayUpdateOrThrow: (actor: Actor) => void
  /** The picture it has. */
  readonly picture: string | null
  readonly setPicture: (address: string | null) => Promise<void>
}

/** @throws NotFoundError when there is none, or none that this repo reaches. */
export async function getTarget(repo: Repo, subject: Subject, id: number): Promise<Target> {
  switch (subject) {
    case 'episode':
      return episodeTarget(repo, await repo.getOrThrow(episodes.Episode, id))
    case 'podcast':
      return podcastTarget(repo, await repo.getOrThrow(podcasts.Podcast, id))
    case 'person':
      return personTarget(repo, await repo.getOrThrow(people.Person, id))
    case 'topic':
      return topicTarget(repo, await repo.getOrThrow(topics.Topic, id))
    case 'sponsor':
      return sponsorTarget(repo, await repo.getOrThrow(sponsors.Sponsor, id))
    case 'settings':
      return settingsTarget(repo, await repo.getOrThrow(settings.Settings, id))
    case 'post':
      return postTarget(repo, await repo.getOrThrow(posts.Post, id))
    default:
      throw new Error(`unknown subject: ${String(subject satisfies never)}`)
  }
}

function episodeTarget(repo: Repo, episode: episodes.Episode): Target {
  return {
    title: episode.title,
    podcastId: episode.podcastId,
    folder: `episodes/${episode.id}`,
    mayUpdateOrThrow: (actor) => episodes.mayOrThrow(actor, 'update', episode),
    picture: episode.coverUrl,
    setPicture: async (coverUrl) => {
      await repo.updateOrThrow(change(episode, { coverUrl }))
    },
  }
}

function podcastTarget(repo: Repo, podcast: podcasts.Podcast): Target {
  return {
    title: podcast.title,
    podcastId: podcast.id,
    folder: `podcasts/${podcast.id}`,
    mayUpdateOrThrow: (actor) => podcasts.mayOrThrow(actor, 'update', podcast),
    picture: podcast.coverUrl,
    setPicture: async (coverUrl) => {
      await repo.updateOrThrow(change(podcast, { coverUrl }))
    },
  }
}

function personTarget(repo: Repo, person: people.Person): Target {
  return {
    title: person.name,
    podcastId: null,
    folder: `people/${person.id}`,
    mayUpdateOrThrow: (actor) => people.mayOrThrow(actor, 'update', person),
    picture: person.avatarUrl,
    setPicture: async (avatarUrl) => {
      await repo.updateOrThrow(change(person, { avatarUrl }))
    },
  }
}

function topicTarget(repo: Repo, topic: topics.Topic): Target {
  return {
    title: topic.name,
    podcastId: null,
    folder: `topics/${topic.id}`,
    mayUpdateOrThrow: (actor) => topics.mayOrThrow(actor, 'update', topic),
    picture: topic.logoUrl,
    setPicture: async (logoUrl) => {
      await repo.updateOrThrow(change(topic, { logoUrl }))
    },
  }
}

function sponsorTarget(repo: Repo, sponsor: sponsors.Sponsor): Target {
  return {
    title: sponsor.name,
    podcastId: null,
    folder: `sponsors/${sponsor.id}`,
    mayUpdateOrThrow: (actor) => sponsors.mayOrThrow(actor, 'update', sponsor),
    picture: sponsor.logoUrl,
    setPicture: async (logoUrl) => {
      await repo.updateOrThrow(change(sponsor, { logoUrl }))
    },
  }
}

function settingsTarget(repo: Repo, row: settings.Settings): Target {
  return {
    title: row.title,
    podcastId: null,
    folder: 'network',
    mayUpdateOrThrow: (actor) => settings.mayOrThrow(actor, 'update', row),
    picture: row.coverUrl,
    setPicture: async (coverUrl) => {
      await repo.updateOrThrow(change(row, { coverUrl }))
    },
  }
}

function postTarget(repo: Repo, post: posts.Post): Target {
  return {
    title: post.title,
    podcastId: null,
    folder: `posts/${post.id}`,
    mayUpdateOrThrow: (actor) => posts.mayOrThrow(actor, 'update', post),
    picture: post.coverUrl,
    setPicture: async (coverUrl) => {
      await repo.updateOrThrow(change(post, { coverUrl }))
    },
  }
}

/** What it is called, and of which podcast it is. */
export async function describeSubject(
  repo: Repo,
  subject: Subject,
  id: number,
): Promise<Pick<Target, 'title' | 'podcastId'>> {
  const { title, podcastId } = await getTarget(repo, subject, id)
  return { title, podcastId }
}
