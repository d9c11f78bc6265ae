/** What a script has made of a page is no longer what the page says: those that draw in it draw again. */
export const MORPHED = 'live-page:morphed'
