// The browser's Back and Forward do the same in all modes, whether a page is loaded or drawn by WebAssembly.
import { expect, test } from '../../support/test.ts'
import { barrister, chambers } from '../../support/registrations.ts'
import { Journey } from '../../support/journey.ts'
import type { Page } from '@playwright/test'

const ALREADY = 'You have already submitted this registration'

/** The path, heading and title by which a person recognises a page. */
interface Shown {
  path: string
  heading: string
  title: string
}

async function shown(page: Page): Promise<Shown> {
  const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  return { path: new URL(page.url()).pathname, heading, title: await page.title() }
}

/** A journey that records each page, in the order of the browser's history. */
class Walker extends Journey {
  readonly visited: Shown[] = []

  override async isOn(heading: string | RegExp): Promise<void> {
    await super.isOn(heading)
    const here = () => shown(this.page)
    const before = this.visited.at(-1)
    await expect.poll(async () => (await here()).path === before?.path && (await here()).heading !== before?.heading).toBe(false)
    const now = await here()
    if (now.path !== before?.path) this.visited.push(now)
  }
}

test('Back and Forward walk through the pages of a registration, and Back after submitting leads out of it', async ({ page, journey }) => {
  test.setTimeout(180_000)
  const walker = new Walker(page, journey.mode)
  await walker.register(barrister)
  const pages = walker.visited.slice()
  const last = pages.pop()!
  expect(last.heading).toBe('Registration submitted')

  for (const before of pages.slice().reverse()) {
    await page.goBack()
    await journey.isOn(before.path === '/' ? before.heading : ALREADY)
  }
  expect((await shown(page)).path).toBe('/')
  for (const _ of pages.slice(1)) {
    await page.goForward()
    await journey.isOn(ALREADY)
  }
  await page.goForward()
  await journey.isOn(last.heading)
  expect(await shown(page)).toEqual(last)
})

test('before it is submitted, Back and Forward show each page again', async ({ page, journey }) => {
  const walker = new Walker(page, journey.mode)
  await walker.start()
  await walker.answerOrganisation(barrister.organisation)
  await walker.isOn('Your registration')
  const pages = walker.visited.slice(0, -1)
  for (const before of pages.slice().reverse()) {
    await page.goBack()
    await journey.isOn(before.heading)
    await expect.poll(() => shown(page)).toEqual(before)
  }
  for (const after of [...pages.slice(1), walker.visited.at(-1)!]) {
    await page.goForward()
    await journey.isOn(after.heading)
    await expect.poll(() => shown(page)).toEqual(after)
  }
})

test('typed text is there again after a link and Back, and after Forward', async ({ page, journey, draft }) => {
  await draft.fill(chambers)
  await journey.open('/users')
  await journey.anotherUser('Yes')
  await journey.isOn('Add a user')
  await journey.enter('First name', 'Amara')
  await journey.enter('Email address', 'amara@kings-bench.example')
  await page.getByLabel('Chambers clerk').check()

  await page.getByRole('link', { name: 'Back', exact: true }).click()
  await journey.isOn(/^You have added/)
  await page.goBack()
  await journey.isOn('Add a user')
  await expect(page.getByLabel('First name', { exact: true })).toHaveValue('Amara')
  await expect(page.getByLabel('Email address', { exact: true })).toHaveValue('amara@kings-bench.example')
  await expect(page.getByLabel('Chambers clerk')).toBeChecked()

  await page.goBack()
  await journey.isOn(/^You have added/)
  await page.goForward()
  await journey.isOn('Add a user')
  await expect(page.getByLabel('First name', { exact: true })).toHaveValue('Amara')

  // If the page is opened anew, not by Back or Forward, its fields are empty.
  await page.getByRole('link', { name: 'Back', exact: true }).click()
  await journey.isOn(/^You have added/)
  await journey.anotherUser('Yes')
  await journey.isOn('Add a user')
  await expect(page.getByLabel('First name', { exact: true })).toHaveValue('')
})

test('a new page opens at its top, and Back shows the place on the page that was left', async ({ page, journey, draft }) => {
  await draft.fill(chambers)
  await page.setViewportSize({ width: 320, height: 480 })
  await journey.open('/check-answers')
  const place = () => page.evaluate(() => Math.round(scrollY))
  const change = page.getByRole('main').getByRole('link', { name: /^Change/ }).last()
  await change.scrollIntoViewIfNeeded()
  const left = await place()
  expect(left).toBeGreaterThan(500)
  await page.getByRole('main').getByRole('link', { name: 'Change telephone number' }).first().evaluate((link) => (link as HTMLElement).click())
  await journey.isOn('How can we contact your organisation?')
  await page.goBack()
  await journey.isOn('Check your answers before you submit your registration')
  await expect.poll(place).toBe(left)
})
