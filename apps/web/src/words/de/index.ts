import { type Words } from '../words.ts'
import { about } from './about.ts'
import { account } from './account.ts'
import { api } from './api.ts'
import { browser } from './browser.ts'
import { dates } from './dates.ts'
import { deck } from './deck.ts'
import { deckScript } from './deck-script.ts'
import { discussion } from './discussion.ts'
import { episode } from './episode.ts'
import { errors } from './errors.ts'
import { feeds } from './feeds.ts'
import { frame } from './frame.ts'
import { guest } from './guest.ts'
import { home } from './home.ts'
import { lists } from './lists.ts'
import { live } from './live.ts'
import { liveScript } from './live-script.ts'
import { news } from './news.ts'
import { parts } from './parts.ts'
import { people } from './people.ts'
import { player } from './player.ts'
import { podcast } from './podcast.ts'
import { post } from './post.ts'
import { preview } from './preview.ts'
import { problems } from './problems.ts'
import { reading } from './reading.ts'
import { tokens } from './tokens.ts'
import { transcript } from './transcript.ts'
import { request } from './request.ts'
import { search } from './search.ts'
import { subscription } from './subscription.ts'

export const de: Words = {
  language: 'de',
  about,
  account,
  api,
  browser,
  dates,
  deck,
  deckScript,
  discussion,
  episode,
  errors,
  feeds,
  frame,
  guest,
  home,
  lists,
  live,
  liveScript,
  news,
  parts,
  people,
  player,
  podcast,
  post,
  preview,
  problems,
  reading,
  tokens,
  transcript,
  request,
  search,
  subscription,
}
