import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { noticeSound } from './listening.ts'
import { type Site } from './site.ts'

export const NEWEST = '/kept-in-repair/a-piano-for-a-damp-house'
export const TITLE = 'A Piano for a Damp House'

/** Whether a frame says that the server knows a page to be open. */
export const isJoined = (message: string): boolean => /"page:.*"phx_reply".*"ok"/.test(message)

export async function retitle(editor: Page, desk: string, title: string): Promise<void> {
  await editor.goto(`${desk}/edit`)
  await editor.locator('#f-title').fill(title)
  await editor.getByRole('button', { name: 'Save', exact: true }).click()
  await editor.locator('.unsaved').getByText('Saved.').waitFor()
}

export async function signIn(site: Site, browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(site.signInLink)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  return page
}

/** The address of the newest episode in the admin area. */
export async function deskOf(editor: Page, site: Site): Promise<string> {
  await editor.goto(`${site.url}/admin/podcasts`)
  await editor.getByRole('link', { name: 'Kept in Repair' }).first().click()
  await editor.getByRole('link', { name: TITLE }).first().click()
  await editor.getByRole('link', { name: 'Publish', exact: true }).waitFor()
  return editor.url().replace(/\/edit(?:\?.*)?$/, '')
}

/** Opens a page that is followed: the server knows that it is open. */
export async function follow(listener: BrowserContext, address: string): Promise<Page> {
  const page = await listener.newPage()
  await page.addInitScript(noticeSound)
  const joined = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (isJoined(String(payload))) resolve()
      })
    })
  })
  await page.goto(address)
  await joined
  return page
}
