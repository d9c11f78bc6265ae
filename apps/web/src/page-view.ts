import { type Pages } from './pages.ts'
import { type Site } from './presenters/frame.ts'
import { encode } from './encode.ts'
import { type Views } from './views.ts'

/** What a view is made with, besides what it shows. */
export interface ViewTools {
  readonly views: Views
  readonly site: () => Promise<Site>
}

/** How a page is written out, and what is said of it in its headers. */
export interface PageView<Shown> {
  readonly headers: Readonly<Record<string, string>>
  /** Whether it says since when it is as it is, and how long it may be kept: what is fetched by programs. */
  readonly isDocument: boolean
  readonly render: (tools: ViewTools, shown: Shown) => Promise<Buffer>
}

/** A page of the site: what the presenter makes of what was loaded, in this view. */
export function view<Name extends keyof Pages, Shown>(
  name: Name,
  present: (site: Site, shown: Shown) => Pages[Name],
): PageView<Shown> {
  return {
    headers: {},
    isDocument: false,
    render: async ({ views, site }, shown) =>
      encode(views.render(name, present(await site(), shown))),
  }
}

/** A file that programs read. */
export function file<Shown>(
  headers: Readonly<Record<string, string>>,
  write: (shown: Shown) => string | Promise<Buffer>,
): PageView<Shown> {
  return {
    headers,
    isDocument: true,
    async render(_tools, shown) {
      const written = await write(shown)
      return typeof written === 'string' ? encode(written) : written
    },
  }
}
