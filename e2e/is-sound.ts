import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import { type Page } from 'playwright-core'

/** Accessible, not wider than the screen, and its pictures are to be seen. */
export async function isSound(page: Page): Promise<void> {
  // While Turbo is on its way, the page is marked as busy, and about to be another.
  await page.locator('html:not([aria-busy])').waitFor({ state: 'attached' })
  const { violations } = await new AxeBuilder({ page }).analyze()
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${page.url()}: ${id}: ${nodes[0]?.html}`),
    [],
  )
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(overflow <= 0, `${page.url()} is ${overflow} px too wide`)
  const unseen = await page.evaluate(() =>
    [...document.images]
      .filter((one) => one.checkVisibility() && one.clientWidth === 0)
      .map(({ src }) => src),
  )
  assert.deepEqual(unseen, [], `${page.url()} has pictures without a size`)
}
