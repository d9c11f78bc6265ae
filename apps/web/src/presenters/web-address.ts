/** The part of a web address a reader knows it by: `changelog.com`. */
export function hostOf(url: string): string {
  return (URL.parse(url)?.host ?? url).replace(/^www\./, '')
}
