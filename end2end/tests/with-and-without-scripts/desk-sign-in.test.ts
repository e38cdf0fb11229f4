// Signing in at the desk: setting up an account with a link, a password and an authenticator app, then signing in
// with a code or a recovery code.
import { expect, test } from '../../support/test.ts'
import { mailTo } from '../../support/mail.ts'
import { added, signedIn, totp } from '../../support/officers.ts'
import type { Journey } from '../../support/journey.ts'

/** Sets up an account with a link; returns the authenticator app's secret and the recovery codes. */
async function setUp(journey: Journey, link: string, password: string) {
  await journey.page.goto(link)
  await journey.isOn('Set up your Common Platform Desk account')
  await journey.button('Set up my account').click()
  await journey.isOn('Choose a password')
  await journey.enter('New password', 'Password12345')
  await journey.button('Continue').click()
  await expect(journey.page.locator('.govuk-error-summary')).toContainText('harder to guess')
  await journey.enter('New password', password)
  await journey.button('Continue').click()
  await journey.isOn('Set up 2-step verification')
  const secret = (await journey.page.locator('#secret').textContent()) ?? ''
  // This is the code of the previous 30-second step, because the next sign-in needs a newer code. If the code expires
  // meanwhile, the page asks for another.
  await expect(async () => {
    await journey.enter('Code', totp(secret, -1))
    await journey.button('Finish').click()
    await journey.isOn('Your account is set up')
  }).toPass()
  return { secret, codes: await journey.page.locator('li.app-code').allTextContents() }
}

async function givePassword(journey: Journey, email: string, password: string) {
  await journey.isOn('Sign in to the Common Platform Desk')
  await journey.enter('Email address', email)
  await journey.enter('Password', password)
  await journey.button('Continue').click()
}

test('a link, a password and an app, and then a code whenever one signs in', async ({ journey, server }) => {
  const { email, link } = await added(server, 'administrator')
  const { secret, codes } = await setUp(journey, link, 'walnut harbour seven')
  expect(codes).toHaveLength(10)
  await journey.open('/desk/account')
  await journey.isOn('Your account')
  await journey.button('Sign out').first().click()
  await journey.isOn('You have signed out')

  await journey.page.goto('/desk/people')
  await givePassword(journey, email, 'walnut harbour eight')
  await expect(journey.page.locator('.govuk-error-summary')).toContainText('Check your email address and password')
  await expect(journey.page.getByLabel('Email address')).toHaveValue(email)
  await givePassword(journey, email, 'walnut harbour seven')
  await journey.isOn('Enter a code')
  await journey.enter('Code', totp(secret))
  await journey.button('Sign in').click()
  await journey.isOn('People')

  await journey.button('Sign out').first().click()
  await journey.open('/desk/sign-in?to=/desk/account')
  await givePassword(journey, email, 'walnut harbour seven')
  await journey.enter('Code', codes[0] ?? '')
  await journey.button('Sign in').click()
  await journey.open('/desk/account')
  await expect(journey.page.getByText('9 left')).toBeVisible()
})

test('an administrator adds somebody, who sets up their account by the link that is sent to them', async ({
  journey,
  server,
  somebodyElse,
  request,
}) => {
  await signedIn(journey.page, server, 'administrator')
  await journey.open('/desk/people')
  await journey.button('Add a person').click()
  await journey.isOn('Add a person to the desk')
  await journey.enter('Full name', 'Marek Nowak')
  const email = `marek.${Date.now()}@desk.example`
  await journey.enter('Work email address', email)
  await journey.choose('Role', 'Auditor')
  await journey.button('Add and send a link').click()
  await journey.isOn('Marek Nowak')
  await expect(journey.page.getByText('We have emailed them a link')).toBeVisible()
  const mail = await mailTo(request, email)
  const link = /^http:\S+\/desk\/join\/[0-9a-f]+$/m.exec(mail.text)?.[0] ?? ''
  const marek = await somebodyElse()
  await setUp(marek, link, 'harbour seven walnut')
  await marek.open('/desk/account')
  await expect(marek.page.getByRole('definition').filter({ hasText: 'Auditor' })).toBeVisible()

  await journey.open('/desk/people')
  await journey.page.getByRole('row', { name: email }).getByRole('link').click()
  await journey.isOn('Marek Nowak')
  await journey.follow('End their access')
  await journey.button('End access').click()
  await expect(journey.page.getByText('Their access has ended')).toBeVisible()
  await marek.open('/desk/account')
  await marek.isOn('Sign in to the Common Platform Desk')
})

test('without scripts the foot of a page says when one is signed out and keeps what was typed', async ({
  journey,
  server,
}) => {
  await signedIn(journey.page, server, 'officer')
  await journey.open('/desk/account/password')
  await journey.enter('Code', '048213')
  const [tab] = await Promise.all([
    journey.page.waitForEvent('popup'),
    journey.page.getByRole('link', { name: 'Stay signed in (opens in new tab)' }).click(),
  ])
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('You are still signed in')
  await tab.close()
  await expect(journey.page.getByLabel('Code')).toHaveValue('048213')
})
