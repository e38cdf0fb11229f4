// The dialog that asks an officer, five minutes before the session ends, whether to stay signed in.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../../support/test.ts'
import { signedIn } from '../../support/officers.ts'

test('five minutes before the end a dialog asks, and staying keeps what was typed', async ({ journey, server }) => {
  const { page } = journey
  await signedIn(page, server, 'officer')
  await page.clock.install()
  await journey.open('/desk/account/password')
  await journey.enter('Code', '048213')
  const dialog = page.getByRole('dialog', { name: 'You will soon be signed out' })
  await page.clock.fastForward('54:00')
  await expect(dialog).toBeHidden()
  await page.clock.fastForward('02:00')
  await expect(dialog).toBeVisible()
  await expect(dialog).toContainText('You will be signed out in 4 minutes.')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await expect(dialog.getByRole('button', { name: 'Stay signed in' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByLabel('Code')).toHaveValue('048213')
  await page.clock.fastForward('54:00')
  await expect(dialog).toBeHidden()
  await page.clock.fastForward('07:00')
  const over = page.getByRole('dialog', { name: 'You are signed out' })
  await expect(over).toContainText('What you typed is still here')
  await expect(over.getByRole('button', { name: 'Stay signed in' })).toBeHidden()
  await expect(over.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/desk/sign-in')

  // The page is hidden when the session has ended, and is shown again only to the same officer.
  await expect(page.locator('main')).toBeHidden()
  await expect(page).toHaveTitle('You are signed out')
  const signedInAgain = (officer: string | null) =>
    page.evaluate((id) => {
      localStorage.setItem('desk-session-officer', id ?? document.getElementById('session-end')?.dataset.officer ?? '')
      localStorage.setItem('desk-session-end', String(Date.now() + 3_600_000))
    }, officer)
  await signedInAgain('another')
  await page.clock.fastForward('00:02')
  await expect(page.locator('main')).toBeHidden()
  await expect(over).toContainText('Somebody else has signed in')
  await signedInAgain(null)
  await page.clock.fastForward('00:02')
  await expect(page.getByLabel('Code')).toHaveValue('048213')
  await expect(page.locator('main')).toBeVisible()
})
