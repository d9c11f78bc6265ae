/** What scripts of the site say. */
export const browser = {
  copied: 'Copied',
}
