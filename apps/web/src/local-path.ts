/** A page of this site, as a form or an address may name one; undefined for anything else. */
export function localPath(given: string | undefined): string | undefined {
  if (!given?.startsWith('/')) return undefined
  const here = 'http://here.invalid'
  const url = URL.parse(given, here)
  // A path is tidied up as it is read, and may begin with two slashes only then: to a browser that is a host.
  return url?.origin === here && !url.pathname.startsWith('//')
    ? url.pathname + url.search
    : undefined
}
