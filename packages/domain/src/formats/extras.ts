import { type Feed, type FeedItem } from '@showrunner/feeds'

/** As JSON keeps it: a moment becomes text. */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer One)[]
    ? readonly Json<One>[]
    : T extends object
      ? { readonly [name in keyof T]: Json<T[name]> }
      : T

/** What the feed of an imported podcast says that no page of ours shows. */
export type PodcastExtras = Json<
  Partial<
    Pick<
      Feed,
      'blocks' | 'chat' | 'images' | 'publisher' | 'remoteItems' | 'socialInteracts' | 'trailers'
    >
  >
>

/** The same for an item of that feed. */
export type EpisodeExtras = Json<
  Partial<
    Pick<
      FeedItem,
      | 'alternateEnclosures'
      | 'author'
      | 'categories'
      | 'chat'
      | 'contentLinks'
      | 'images'
      | 'itunesTitle'
      | 'values'
    >
  >
>
