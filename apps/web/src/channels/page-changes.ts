import { changedParts, type ChangedPart } from '@showrunner/live'
import { type PageChanged } from './page-channel.ts'

/** A version of a page. */
export interface Version {
  readonly version: string
  readonly html: Buffer
}

/** What is told to browsers. */
export type PageMessage =
  | { readonly event: 'changed'; readonly payload: PageChanged }
  | { readonly event: 'refresh'; readonly payload: Record<string, never> }

export const REFRESH: PageMessage = { event: 'refresh', payload: {} }

/** Who is told more would rather fetch the page, which is compressed. */
const MOST_CHARACTERS = 128 * 1024

/** How a browser that shows the one version comes to show the other. */
export function changeOf(before: Version, now: Version): PageMessage {
  const change = changedParts(before.html.toString(), now.html.toString())
  if (!change) return REFRESH
  const streams = change.parts.map(streamOf).join('')
  if (streams.length > MOST_CHARACTERS) return REFRESH
  const { title } = change
  const { version } = now
  return {
    event: 'changed',
    payload: { from: before.version, version, ...(title === undefined ? {} : { title }), streams },
  }
}

function streamOf({ kind, id, html }: ChangedPart): string {
  const target = id.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const action = kind === 'morph' ? 'replace" method="morph' : kind
  const template = kind === 'remove' ? '' : `<template>${html}</template>`
  return `<turbo-stream action="${action}" target="${target}">${template}</turbo-stream>`
}
