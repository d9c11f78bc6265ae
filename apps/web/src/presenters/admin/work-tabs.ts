import { asLeft } from '../../admin/came-from.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Tab } from './list-page.ts'

export type WorkTab = 'sheet' | 'publish'

/** The two pages on which what is written is worked on: a post, an item of the news. */
export function workTabs(
  { back }: Pick<AdminFrame, 'back'>,
  here: WorkTab,
  hrefs: Readonly<Record<WorkTab, string>>,
): readonly Tab[] {
  const tab = (name: WorkTab, label: string): Tab => ({
    label,
    href: asLeft(hrefs[name], back),
    count: null,
    isHere: name === here,
  })
  return [tab('sheet', 'Sheet'), tab('publish', 'Publish')]
}
