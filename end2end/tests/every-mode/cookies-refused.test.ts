// A browser that refuses cookies: in every mode the person is told after the first answer, and can continue after
// allowing cookies.
import type { BrowserContext, Route } from '@playwright/test'
import { expect, test } from '../../support/test.ts'

const HEADING = 'Turn on cookies to use this service'

const EVERYTHING = '**/*'

/** Blocks the service's cookies, as a browser setting does, until the returned function is called. */
async function refuseCookies(context: BrowserContext): Promise<() => Promise<void>> {
  const underWay = new Set<Promise<void>>()
  const refuse = async (route: Route): Promise<void> => {
    if (route.request().url().endsWith('.wasm')) return route.fallback()
    const { cookie: _, ...headers } = await route.request().allHeaders()
    const response = await route.fetch({ headers, maxRedirects: 0 }).catch(() => undefined)
    await context.clearCookies()
    if (!response) return route.abort()
    const { 'set-cookie': __, ...kept } = response.headers()
    await route.fulfill({ response, headers: kept })
    await context.clearCookies()
  }
  await context.route(EVERYTHING, async (route) => {
    const refused = refuse(route)
    underWay.add(refused)
    await refused.finally(() => underWay.delete(refused))
  })
  return async () => {
    // If the route were removed during a request, that request would be answered twice.
    while (underWay.size > 0) await Promise.all(underWay)
    await context.unroute(EVERYTHING)
  }
}

test('somebody who refuses cookies is told after the first answer, and goes on once they are allowed', async ({ journey, context, watch }) => {
  watch.expect(/status of 403/)
  const { page } = journey
  const allowCookies = await refuseCookies(context)
  await journey.open('/organisation/kind')
  await journey.choose('What kind of organisation are you registering?', 'Barristers’ chambers')
  const told = page.waitForResponse((response) => response.status() === 403 && response.request().isNavigationRequest())
  await journey.button('Save and continue').click()
  await told
  await journey.isOn(HEADING)
  await expect(page).toHaveTitle(new RegExp(`^${HEADING}`))
  await expect(page.getByRole('main')).toContainText('Allow cookies for this service in the settings of your browser')
  await expect(page.getByRole('main').getByRole('link', { name: 'ask for the form in another format' })).toBeVisible()

  await allowCookies()
  await journey.open('/organisation/kind')
  await journey.choose('What kind of organisation are you registering?', 'Barristers’ chambers')
  await journey.send()
  await journey.isOn('What is the name of your organisation?')
  expect(new URL(page.url()).search).toBe('')
})
