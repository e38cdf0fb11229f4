// A thousand users, which is the limit of a registration.
import { expect, test } from '../../support/test.ts'
import { userNumber } from '../../support/registrations.ts'

test('a thousand users are paged and searchable, and one more is refused with a page', async ({ journey, draft }) => {
  test.slow()
  await draft.addUser(userNumber(1))
  for (let begin = 2; begin <= 1000; begin += 27) {
    const numbers = Array.from({ length: Math.min(27, 1001 - begin) }, (_, index) => begin + index)
    await Promise.all(numbers.map((number) => draft.addUser(userNumber(number))))
  }

  await journey.open('/users')
  await journey.isOn(/^You have added 1,?000 users$/)
  const rows = journey.page.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(1 + 50)
  const pages = journey.page.getByRole('navigation', { name: 'Pagination' })
  await pages.getByRole('link', { name: /^Next/ }).click()
  await expect(journey.page).toHaveURL(/page=2/)
  await expect(pages.locator('[aria-current=page]')).toHaveText('2')
  await expect(rows).toHaveCount(1 + 50)
  await pages.getByRole('link', { name: 'Page 20' }).click()
  await expect(pages.locator('[aria-current=page]')).toHaveText('20')
  await expect(rows).toHaveCount(1 + 50)

  await journey.enter('Search for a user by name or email address', 'USER777@')
  await journey.send('Search')
  await journey.isOn(/^1 of 1,?000 users matches your search$/)
  await expect(rows).toHaveCount(1 + 1)
  await expect(rows.nth(1)).toContainText('Wen Number 777')
  expect(journey.page.url()).not.toContain('777')

  await expect(journey.page.getByText('the most that one registration can have')).toBeVisible()
  await journey.open('/users/add')
  await journey.isOn('You cannot add more users')
  const refused = await draft.post('users/add', { first_name: 'One', last_name: 'More' })
  expect(refused.status()).toBe(303)
  expect(refused.headers()['location']).toBe('/users')
  await journey.follow('Go to your users')
  await expect(journey.page.getByRole('heading', { level: 1 })).toHaveText(/^1 of 1,?000 users matches your search$/)
})
