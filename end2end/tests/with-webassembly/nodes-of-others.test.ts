// Browser extensions and translators change the page. The form still works: as plain HTML if the page was changed
// before the WebAssembly started, and with the right messages if it was changed later.
import { expect, test } from '../../support/test.ts'
import type { Page } from '@playwright/test'

type Position = 'beforebegin' | 'afterbegin' | 'beforeend' | 'afterend'

/** Delays the WebAssembly until the returned function is called. */
async function holdWebAssembly(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((done) => (release = done))
  await page.route(/\.wasm$/, async (route) => {
    await released
    await route.continue()
  })
  return release
}

/** Opens a page, changes it before the WebAssembly has loaded, and waits until the page is marked as plain HTML. */
async function changedBefore(page: Page, path: string, change: (page: Page) => Promise<unknown>): Promise<void> {
  const release = await holdWebAssembly(page)
  await page.goto(path, { waitUntil: 'domcontentloaded' })
  await change(page)
  const told = page.waitForRequest((request) => new URL(request.url()).pathname === '/not-hydrated')
  release()
  await page.locator('html[data-plain]').waitFor()
  await told
  expect(await page.locator('html[data-hydrated]').count()).toBe(0)
  await page.unroute(/\.wasm$/)
}

const PLACES: [selector: string, position: Position][] = [
  ['#pages', 'afterbegin'],
  ['#pages', 'beforeend'],
  ['main', 'beforebegin'],
  ['form', 'beforebegin'],
  ['form', 'afterbegin'],
  ['form', 'beforeend'],
  ['form', 'afterend'],
  ['.govuk-form-group', 'afterbegin'],
  ['label', 'beforeend'],
  ['#name', 'beforebegin'],
  ['#name', 'afterend'],
  ['.govuk-button-group', 'beforebegin'],
  ['button', 'afterbegin'],
  ['[aria-live=polite]', 'afterbegin'],
]
const NODES = ['<div></div>', '<span>words</span>', 'words', '<!---->', '<div><p>words</p></div>']

for (const [number, [selector, position]] of PLACES.entries()) {
  test(`a node that an extension put in ${position} of ${selector} leaves a form that works`, async ({ journey }) => {
    const { page } = journey
    for (const html of [NODES[number % NODES.length]!, NODES[(number + 2) % NODES.length]!]) {
      await changedBefore(page, '/organisation/name', (page) =>
        page.locator(selector).first().evaluate((at, [position, html]) => at.insertAdjacentHTML(position as InsertPosition, html!), [position, html] as const),
      )
      await journey.enter('What is the name of your organisation?', 'Hartwell Crane & Co LLP')
      await Promise.all([page.waitForEvent('load'), page.locator('form .govuk-button').first().click()])
      await expect(page.getByRole('heading', { level: 1, name: 'What is the address of your head office?' })).toBeVisible()
      await Promise.all([page.waitForEvent('load'), page.goBack()])
    }
  })
}

test('a page whose comments were taken out stays a form that works', async ({ journey }) => {
  const { page } = journey
  await changedBefore(page, '/organisation/kind', (page) =>
    page.evaluate(() => {
      const comments = document.createTreeWalker(document.getElementById('pages')!, NodeFilter.SHOW_COMMENT)
      const all: Comment[] = []
      while (comments.nextNode()) all.push(comments.currentNode as Comment)
      all.forEach((comment) => comment.remove())
    }),
  )
  await journey.choose('What kind of organisation are you registering?', 'Solicitors’ firm')
  await Promise.all([page.waitForEvent('load'), journey.button('Save and continue').click()])
  await journey.isOn('What is the name of your organisation?')
})

test('attributes that an extension added change nothing', async ({ journey }) => {
  const { page } = journey
  const release = await holdWebAssembly(page)
  await page.goto('/organisation/name', { waitUntil: 'domcontentloaded' })
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('#pages, #pages *')) {
      element.setAttribute('data-checked-by-extension', 'yes')
      element.setAttribute('title', 'Of an extension')
      element.classList.add('of-an-extension')
    }
  })
  release()
  await page.locator('html[data-hydrated]').waitFor()
  await journey.send()
  await expect(page.locator('#name-error')).toHaveText('Error: Enter an organisation name')
})

/** Replaces each text with elements that contain other words, as a translator does. */
const translate = (page: Page) =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
    const all: Text[] = []
    while (texts.nextNode()) all.push(texts.currentNode as Text)
    for (const text of all.filter((text) => text.data.trim() && text.parentElement?.localName !== 'textarea')) {
      const outer = document.createElement('font')
      const inner = document.createElement('font')
      inner.textContent = `[${text.data}]`
      outer.append(inner)
      text.replaceWith(outer)
    }
  })

test('on a translated page the error at the field and the one in the summary are the newest', async ({ journey }) => {
  const { page } = journey
  await journey.open('/organisation/address')
  await journey.send()
  await expect(page.locator('#postcode-error')).toHaveText('Error: Enter a postcode, like SW1A 1AA')
  await translate(page)
  await expect(page.locator('#postcode-error')).toContainText('[')
  const send = () => journey.answered(() => page.locator('form .govuk-button').first().click())
  await page.locator('#postcode').fill('WR1')
  await send()
  await expect(page.locator('#postcode-error')).toHaveText('Error: Enter a full UK postcode, like SW1A 1AA')
  await expect(page.getByRole('alert').getByRole('link', { name: 'Enter a full UK postcode, like SW1A 1AA' })).toBeVisible()
  await translate(page)
  await page.locator('#postcode').fill('')
  await send()
  await expect(page.locator('#postcode-error')).toHaveText('Error: Enter a postcode, like SW1A 1AA')
})

test('a page that was translated before the WebAssembly came is a form that works', async ({ journey }) => {
  const { page } = journey
  await changedBefore(page, '/organisation/name', translate)
  await page.locator('#name').fill('Hartwell Crane & Co LLP')
  await Promise.all([page.waitForEvent('load'), page.locator('form .govuk-button').first().click()])
  await journey.isOn('What is the address of your head office?')
})
