// The list of users: add, change, remove after confirmation, and two users with the same email address.
import { expect, test } from '../../support/test.ts'
import { expectAnswers, expectProblems, expectSummaryLeadsToFields, give } from '../../support/errors.ts'
import { userFields } from '../../support/questions.ts'
import { firm, roles, userNumber } from '../../support/registrations.ts'

const [yusuf, marek] = firm.people as [(typeof firm.people)[0], (typeof firm.people)[0]]

test('a user is added, changed and removed', async ({ journey }) => {
  await journey.open('/users/add')
  await journey.addUser(yusuf)
  await journey.isOn('You have added 1 user')
  await journey.anotherUser('Yes')
  await journey.addUser(marek)
  await journey.isOn('You have added 2 users')

  await journey.follow('Change Marek Lloyd')
  await journey.isOn('Change a user')
  await expectAnswers(journey, userFields, {
    first_name: 'Marek',
    last_name: 'Lloyd',
    email: marek.email,
    mobile: marek.mobile,
    role: roles[marek.role],
    administrator: marek.administrator ? 'Yes' : 'No',
  })
  await journey.enter('First name', 'Marcus')
  await journey.choose('Role', 'Advocate')
  await journey.send()
  await journey.isOn('You have added 2 users')
  await expect(journey.page.getByRole('row', { name: 'Marcus Lloyd' })).toContainText('Advocate')

  await journey.follow('Remove Marcus Lloyd')
  const question = 'Are you sure you want to remove Marcus Lloyd?'
  await journey.isOn(question)
  await journey.choose(question, 'No')
  await journey.send('Continue')
  await journey.isOn('You have added 2 users')

  await journey.follow('Remove Marcus Lloyd')
  await journey.isOn(question)
  await journey.choose(question, 'Yes')
  await journey.send('Continue')
  await journey.isOn('Removed Marcus Lloyd. 1 user')
  await expect(journey.page.getByRole('table')).not.toContainText('Marcus Lloyd')
  await journey.open('/users')
  await journey.isOn('You have added 1 user')
})

test('a user sent empty says what is missing on the same page, and is no user until it is there', async ({ journey }) => {
  const missing = {
    first_name: 'Enter a first name',
    last_name: 'Enter a last name',
    email: 'Enter an email address, like name@example.com',
    mobile: 'Enter a mobile number, like 07700 900 982',
    role: 'Select the role of this user',
    administrator: 'Select yes if this user is an organisation administrator',
  }
  await journey.open('/users/add')
  await journey.send()
  await expectProblems(journey, missing)
  if (journey.mode !== 'html') await expect(journey.page.locator('.govuk-error-summary')).toBeFocused()
  await expectSummaryLeadsToFields(journey, missing)
  await expect(journey.page).toHaveTitle(/^Error: Add a user/)
  await journey.open('/users')
  await journey.isOn('You have not added any users')
  await journey.follow('Finish adding this user')
  await journey.isOn('Add a user')

  await give(journey, userFields, {
    first_name: 'Wen', last_name: 'Williams', email: 'wen@org0.example', mobile: '07700 900425', role: 'Advocate', administrator: 'Yes',
  })
  await journey.send()
  await journey.isOn('You have added 1 user')
})

test('wrong answers about a user are kept and explained', async ({ journey }) => {
  const answers = { first_name: '=1+1', last_name: 'Williams', email: 'wen@', mobile: '0770', role: 'Chambers clerk', administrator: 'No' }
  await journey.open('/users/add')
  await give(journey, userFields, answers)
  await journey.send()
  await expectProblems(journey, {
    first_name: 'First name must not begin with =, +, - or @',
    email: 'Enter an email address in the correct format, like name@example.com',
    mobile: 'Enter the whole mobile number, like 07700 900 982: some digits are missing',
  })
  await expectAnswers(journey, userFields, answers)
})

test('of two users with one mailbox the later has the problem, which names the earlier', async ({ journey }) => {
  await journey.open('/users/add')
  await journey.addUser(yusuf)
  await journey.isOn('You have added 1 user')
  await journey.anotherUser('Yes')
  await journey.isOn('Add a user')
  await journey.enterUser({ ...marek, email: yusuf.email.toUpperCase() })
  await journey.send()
  await expectProblems(journey, {
    email: `Enter a different email address: ${yusuf.email} is already used for Yusuf Ní-Dhomhnaill`,
  })

  await journey.open('/users')
  await journey.isOn('You have added 1 user')
  await expect(journey.page.getByRole('main')).toContainText('You have not finished adding Marek Lloyd')
  await journey.follow('Finish adding this user')
  await journey.isOn('Add a user')
  await journey.enter('Email address', marek.email)
  await journey.send()
  await journey.isOn('You have added 2 users')
  await expect(journey.page.getByRole('main')).not.toContainText('There is a problem')
})

test('the list asks whether to add another, and says so when it is not answered', async ({ journey, draft }) => {
  await draft.addUser(yusuf)
  await journey.open('/users')
  await journey.send('Continue')
  await expectProblems(journey, { more: 'Select yes if you want to add another user' })
})

test('the question whether to remove a user must be answered', async ({ journey, draft }) => {
  await draft.addUser(yusuf)
  await journey.open('/users')
  await journey.follow('Remove Yusuf Ní-Dhomhnaill')
  await journey.isOn('Are you sure you want to remove Yusuf Ní-Dhomhnaill?')
  await journey.send('Continue')
  await expectProblems(journey, { remove: 'Select yes if you want to remove Yusuf Ní-Dhomhnaill' })
})

test('at least one user must be an administrator', async ({ journey, draft }) => {
  await draft.fill({ ...firm, people: [{ ...yusuf, administrator: false }] })
  await journey.open('/check-answers')
  await journey.send('Submit registration')
  const link = journey.page.locator('.govuk-error-summary').getByRole('link')
  await expect(link).toHaveText('At least one user must be an organisation administrator')
  await link.click()
  await journey.isOn('You have added 1 user')
})

test('ten users or more can be searched by name or address', async ({ journey, draft }) => {
  for (let number = 1; number <= 12; number++) await draft.addUser(userNumber(number))
  await journey.open('/users')
  await journey.enter('Search for a user by name or email address', 'number 1')
  await journey.send('Search')
  await journey.isOn('4 of 12 users match your search')
  expect(journey.page.url(), 'a name is no part of an address').not.toMatch(/number/i)
  await expect(journey.page.getByRole('table').getByRole('row')).toHaveCount(1 + 4)
  await journey.send('Show all users')
  await expect(journey.page.getByRole('table').getByRole('row')).toHaveCount(1 + 12)
  await journey.enter('Search for a user by name or email address', 'nobody')
  await journey.send('Search')
  await journey.isOn('0 of 12 users match your search')
})
