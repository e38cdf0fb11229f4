// The keyboard shortcuts of the desk: their page, their keys, and switching them off.
import { expect, test } from '../../support/test.ts'
import { signedIn } from '../../support/officers.ts'
import { submitted } from '../../support/registering.ts'

test('keys outside fields open pages, move the focus and press buttons', async ({ journey, draft, somebodyElse, server }) => {
  const reference = await submitted(journey, draft)
  const desk = await somebodyElse()
  const { page } = desk
  const { keyboard } = page
  await signedIn(page, server, 'officer')
  await page.clock.install()
  await desk.open('/desk/account')
  await keyboard.press('?')
  await desk.isOn('Keyboard shortcuts')
  // The second key of a shortcut may come any time after the first.
  await keyboard.press('g')
  await page.clock.fastForward('00:30')
  await keyboard.press('q')
  await desk.isOn('Queue')
  await expect(desk.button('Take the next registration')).toHaveAttribute('aria-keyshortcuts', 'n')
  await keyboard.press('s')
  const search = page.getByRole('search').getByRole('textbox')
  await expect(search).toBeFocused()

  // In a field, keys only type characters.
  await keyboard.type('gfn?')
  await expect(search).toHaveValue('gfn?')
  await expect(page).toHaveURL(/\/desk\/queue$/)

  await desk.open(`/desk/registrations/${reference}`)
  await keyboard.press('c')
  await expect(page.locator('#checks')).toBeFocused()
  await keyboard.press('u')
  await expect(page.locator('#users')).toBeFocused()
  await keyboard.press('t')
  await expect(page.locator('#timeline')).toBeFocused()
  await keyboard.press('w')
  await expect(page.getByLabel('Add a note')).toBeFocused()
  await expect(page.getByLabel('Add a note')).toHaveValue('')
  // A letter does nothing in a radio, so it is a shortcut.
  await page.locator('[name="outcome-address"]').first().focus()
  await keyboard.press('t')
  await expect(page.locator('#timeline')).toBeFocused()
  await page.locator('h1').click()
  // The browser's own key combinations are no shortcuts of the desk.
  for (const key of ['Control+d', 'Alt+d', 'Meta+d']) await keyboard.press(key)
  await expect(page).toHaveURL(new RegExp(`${reference}$`))

  await desk.open('/desk/queue')
  await keyboard.press('n')
  await expect(page).toHaveURL(/\/desk\/registrations\/CP-/)
  await keyboard.press('d')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Decide on /)
})

test('an officer switches the shortcuts off, and on again', async ({ journey, server }) => {
  const { page } = journey
  const { keyboard } = page
  await signedIn(page, server, 'auditor')
  await journey.open('/desk/account')
  await page.getByRole('link', { name: 'Change keyboard shortcuts' }).click()
  await journey.isOn('Keyboard shortcuts')
  await expect(page.getByRole('rowheader', { name: 'g then a', exact: true })).toBeVisible()
  // An auditor cannot take a registration, so the page does not list the key for it.
  await expect(page.getByRole('rowheader', { name: 'n', exact: true })).toHaveCount(0)
  await journey.choose('Use keyboard shortcuts', 'Off')
  await journey.button('Save').click()
  await journey.isOn('Your account')
  await expect(page.getByRole('alert')).toContainText('Keyboard shortcuts are off.')
  for (const key of ['?', 'g', 'a']) await keyboard.press(key)
  await page.getByRole('contentinfo').getByRole('link', { name: 'Keyboard shortcuts' }).click()
  await journey.isOn('Keyboard shortcuts')
  await expect(page.getByRole('main')).toContainText('Keyboard shortcuts are off.')

  await journey.choose('Use keyboard shortcuts', 'On')
  await journey.button('Save').click()
  await journey.isOn('Your account')
  await keyboard.press('g')
  await keyboard.press('a')
  await expect(page).toHaveURL(/\/desk\/audit/)
})
