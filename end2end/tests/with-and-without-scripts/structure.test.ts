// The structure of the main pages, as a screen reader presents it.
import { expect, test } from '../../support/test.ts'
import { barrister } from '../../support/registrations.ts'

test('the task list tells each task and how far it has got', async ({ journey, draft }) => {
  await draft.answer('organisation/kind', { kind: 'solicitors-firm' })
  await draft.answer('accountable-person/name', { first_name: 'Yusuf', last_name: '', job_title: 'Partner' })
  await journey.open('/tasks')
  await expect(journey.page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Your registration" [level=1]
      - paragraph: You have completed 0 of 4 required tasks.
      - heading "Your organisation" [level=2]
      - list:
        - listitem:
          - link "Organisation details"
          - strong: Incomplete
        - listitem:
          - link "First hearing (optional)"
          - strong: Not started
      - heading "People" [level=2]
      - list:
        - listitem:
          - link "Accountable person"
          - strong: There is a problem
        - listitem:
          - link "Users who need accounts"
          - strong: Not started
      - heading "Sign and submit" [level=2]
      - list:
        - listitem:
          - link "Terms and Conditions"
          - strong: Not started
        - listitem: /Check your answers and submit Cannot start yet/
  `)
})

test('a question page in error has the summary, the heading and the fields in this order', async ({ journey, draft }) => {
  await draft.answer('organisation/contact', { telephone: '', email: 'clerk@org0.example' })
  await journey.open('/organisation/contact')
  await expect(journey.page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - alert:
        - heading "There is a problem" [level=2]
        - list:
          - listitem:
            - link "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"
      - heading "How can we contact your organisation?" [level=1]
      - text: Main telephone number For a number outside the UK, include the country code
      - paragraph: "Error: Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"
      - textbox "Main telephone number"
      - text: Main email address We’ll email it when we have received your registration
      - textbox "Main email address": clerk@org0.example
      - button "Save and continue"
  `)
  await expect(journey.page.getByRole('textbox', { name: 'Main telephone number' })).toHaveAccessibleDescription(
    /^For a number outside the UK, include the country code\s+Error:\s+Enter a phone number/,
  )
})

test('the question of a group is its name and its hints describe it', async ({ journey }) => {
  await journey.open('/organisation/kind')
  await expect(journey.page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "What kind of organisation are you registering?" [level=1]
      - group "What kind of organisation are you registering?":
        - radio "Solicitors’ firm"
        - radio "Barristers’ chambers"
        - radio "Self-employed barrister"
        - radio "Another kind of organisation"
      - button "Save and continue"
  `)
  await expect(journey.page.getByRole('radio', { name: 'Self-employed barrister' })).toHaveAccessibleDescription(
    'Including freelance and direct access barristers who register for themselves',
  )
})

test('the confirmation has the reference and what happens next', async ({ journey, draft }) => {
  await draft.fill(barrister)
  await draft.answer('submit', {})
  await journey.open('/submitted')
  await expect(journey.page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Registration submitted" [level=1]
      - text: Your reference
      - strong: /CP-[0-9A-Z]{4}-[0-9A-Z]{4}/
      - paragraph: /We received the registration of Gwenllian Prosser on \\d+ \\w+ \\d{4} at/
      - paragraph: /We have sent an email with your reference to/
      - paragraph:
        - link "View, print or save a copy of your registration"
      - heading "What happens next" [level=2]
      - paragraph
      - paragraph
      - paragraph
      - heading "Register another organisation" [level=2]
      - paragraph
      - button "Start another registration"
  `)
})
