/** The address of something of a podcast. */
export interface PodcastAddress {
  Params: { podcast: string }
}

/** The address of something of an episode. */
export interface EpisodeAddress {
  Params: { podcast: string; id: string }
}
