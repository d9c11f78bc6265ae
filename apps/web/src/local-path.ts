/** A page of this site, as a form or an address may name one; undefined for anything else. */
export function localPath(given: string | undefined): string | undefined {
  if (!given?.startsWith('/')) return undefined
  const here = 'http://here.invalid'
  const url = URL.parse(given, here)
  return url?.origin === here ? url.pathname + url.search : undefined
}
