// The watch reports every event that must never happen. Each test but the first provokes an event that would fail a
// test of another file.
import type { Page } from '@playwright/test'
import { expect, test } from '../../support/test.ts'
import type { Watch } from '../../support/watch.ts'

const ELSEWHERE = 'http://elsewhere.example'

/** Waits until the watch reports an event that matches these words and would fail the test. */
async function expectComplaint(watch: Watch, words: RegExp): Promise<void> {
  await expect.poll(() => watch.problems(), { message: `a complaint like ${words}` }).toContainEqual(expect.stringMatching(words))
}

/** Opens a page that has no content security policy, because the policy would block requests to other hosts. */
async function openUnguarded(page: Page, body: string): Promise<void> {
  await page.route('**/unguarded', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>x</title>${body}` }))
  await page.route(`${ELSEWHERE}/**`, (route) => route.fulfill({ contentType: 'text/plain', body: '' }))
  await page.goto('/unguarded')
}

test('a page of the service gives the watch nothing to say', async ({ journey, watch }) => {
  await journey.open('/organisation/kind')
  expect(watch.seen).toEqual([])
})

test('the watch sees an error in the console', async ({ page, watch }) => {
  await page.goto('/')
  await page.evaluate(() => console.error('on purpose'))
  await expectComplaint(watch, /^error in the console: on purpose/)
  watch.expect(/on purpose/)
})

test('the watch sees a file that is not there', async ({ page, watch }) => {
  await page.goto('/')
  await page.evaluate(() => fetch('/assets/nothing.js'))
  await expectComplaint(watch, /^error in the console: .*404.*nothing\.js/)
  watch.expect(/nothing\.js/)
})

test('the watch sees an exception that nobody caught', async ({ page, watch }) => {
  await page.goto('/')
  await page.evaluate(() => void setTimeout(() => { throw new Error('on purpose') }))
  await expectComplaint(watch, /^exception: .*on purpose/)
  watch.expect(/on purpose/)
})

test('the watch sees what the content security policy refuses', async ({ page, watch }) => {
  await page.goto('/')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "run"'
    document.body.append(script)
  })
  await expectComplaint(watch, /^error in the console: securitypolicyviolation: script-src(-elem)? inline/)
  await expect(page).not.toHaveTitle('run')
  watch.expect(/securitypolicyviolation|Content Security Policy/i)
})

test('the watch sees that a page may not even ask another host', async ({ page, watch }) => {
  await page.goto('/')
  await page.evaluate((address) => fetch(address).catch(() => undefined), `${ELSEWHERE}/data.json`)
  await expectComplaint(watch, /securitypolicyviolation: connect-src http:\/\/elsewhere\.example/)
  watch.expect(/elsewhere\.example|Content Security Policy/i)
})

for (const [what, body] of [
  ['a picture', `<img src="${ELSEWHERE}/picture.png" alt="">`],
  ['a script', `<script src="${ELSEWHERE}/script.js"></script>`],
  ['a stylesheet', `<link rel="stylesheet" href="${ELSEWHERE}/style.css">`],
  ['a page within the page', `<iframe src="${ELSEWHERE}/page"></iframe>`],
  ['what a script asks for', `<script>fetch('${ELSEWHERE}/data.json').catch(() => undefined)</script>`],
] as const) {
  test(`the watch sees a request to another host: ${what}`, async ({ page, watch }) => {
    await openUnguarded(page, body)
    await expectComplaint(watch, /^foreign request: http:\/\/elsewhere\.example/)
    watch.expect(/elsewhere\.example/)
  })
}
