// The actions of a person in the service, by the labels on the pages. The actions are the same in all three modes.
import { expect, type Locator, type Page, type Request } from '@playwright/test'
import { kinds, roles, isOnePerson, fullName, type AccountablePerson, type Organisation, type Person, type Registration } from './registrations.ts'
import type { Mode } from './watch.ts'

export const SAVE = 'Save and continue'

export class Journey {
  readonly page: Page
  readonly mode: Mode

  constructor(page: Page, mode: Mode) {
    this.page = page
    this.mode = mode
  }

  /** Opens a page by its path and waits until it is ready in this mode. */
  async open(path: string): Promise<void> {
    await this.page.goto(path)
    await this.ready()
  }

  /** Waits until the page has loaded and, if it has WebAssembly in this mode, is hydrated or started. */
  async ready(): Promise<void> {
    await this.page.waitForLoadState('load')
    if (this.mode !== 'webassembly') return
    // Content pages have no WebAssembly.
    const { page } = this
    if (await page.locator('#registration-wasm').count()) await page.locator('html[data-hydrated]').waitFor()
    if (await page.locator('#desk-wasm').count()) await page.locator('html[data-desk-started]').waitFor()
  }

  /** Waits for the page with this heading. */
  async isOn(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible()
    await this.ready()
  }

  /** Whether each page is a new document in this mode; with WebAssembly the pages of the form are one document. */
  get loadsPages(): boolean {
    return this.mode !== 'webassembly'
  }

  async enter(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text)
  }

  async choose(question: string, answer: string): Promise<void> {
    await this.page.getByRole('group', { name: question, exact: true }).getByLabel(answer, { exact: true }).check()
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** Sends the form, then waits for the server's answer and until the page shows it. */
  async send(button: string = SAVE): Promise<void> {
    await this.answered(() => this.button(button).click())
  }

  /** Performs an action that sends a form, and waits as `send` does. */
  async answered(act: () => Promise<void>): Promise<void> {
    if (this.loadsPages) {
      await Promise.all([this.page.waitForEvent('load'), act()])
      return
    }
    const isPost = (request: Request) => request.method() === 'POST'
    const [sent] = await Promise.all([this.page.waitForEvent('request', isPost), act()])
    await (await sent.response())?.finished()
    // The answer has arrived, and the page shows it within two frames. If the answer redirects to a page that only the
    // server renders, the browser navigates to that page.
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    await this.page.evaluate(drawn).catch(async (error: Error) => {
      if (!/navigation/.test(error.message)) throw error
      await this.ready()
    })
  }

  async follow(link: string | RegExp): Promise<void> {
    const { page } = this
    const target = page.getByRole('main').getByRole('link', { name: link, exact: true })
    const { hash, pathname } = new URL((await target.getAttribute('href')) ?? '', page.url())
    if (!this.loadsPages || !hash || pathname === new URL(page.url()).pathname) return target.click()
    // When the browser first draws the page, it focuses the field that the URL names. On a busy machine this may
    // happen late, while another field is being filled in.
    await Promise.all([page.waitForEvent('load'), target.click()])
    const field = page.locator(`${hash}:is(input, select, textarea)`)
    if (await field.count()) await expect(field).toBeFocused()
  }

  async start(): Promise<void> {
    await this.open('/')
    await this.isOn('Register for Common Platform')
    await this.button('Start now').click()
    await this.isOn('Your registration')
  }

  async beginTask(task: string): Promise<void> {
    await this.isOn('Your registration')
    await this.follow(task)
  }

  async answerOrganisation(organisation: Organisation): Promise<void> {
    await this.beginTask('Organisation details')
    await this.isOn('What kind of organisation are you registering?')
    await this.choose('What kind of organisation are you registering?', kinds[organisation.kind])
    await this.send()
    const alone = organisation.kind === 'self-employed-barrister'
    const name = alone ? 'What is your name?' : 'What is the name of your organisation?'
    await this.isOn(name)
    await this.enter(name, organisation.name)
    await this.send()
    await this.isOn(alone ? 'What is the address of your practice?' : 'What is the address of your head office?')
    await this.enter('Address line 1', organisation.address_line_1)
    await this.enter('Address line 2 (optional)', organisation.address_line_2)
    await this.enter('Town or city', organisation.town)
    await this.enter('County (optional)', organisation.county)
    await this.enter('Postcode', organisation.postcode)
    await this.send()
    await this.isOn(alone ? 'How can we contact your practice?' : 'How can we contact your organisation?')
    await this.enter('Main telephone number', organisation.telephone)
    await this.enter('Main email address', organisation.email)
    await this.send()
    await this.isOn('What are your registration numbers?')
    await this.answerRegistrationNumbers(organisation)
  }

  async answerRegistrationNumbers({ kind, sra_number, bar_number, laa_account_numbers }: Organisation): Promise<void> {
    const optional = kind === 'other' ? ' (optional)' : ''
    if (kind !== 'self-employed-barrister') await this.enter(`SRA number${optional}`, sra_number)
    if (kind !== 'solicitors-firm') await this.enter(`Bar number${optional}`, bar_number)
    const laa = kind === 'barristers-chambers' ? 'LAA account numbers' : 'LAA account numbers (optional)'
    await this.enter(laa, laa_account_numbers.join('\n'))
    await this.send()
  }

  async answerAccountablePerson(person: AccountablePerson, alone = false): Promise<void> {
    await this.beginTask('Accountable person')
    await this.isOn(alone ? 'What are your name and job title?' : 'Who is the accountable person?')
    await this.enter('First name', person.first_name)
    await this.enter('Last name', person.last_name)
    await this.enter('Job title', person.job_title)
    await this.send()
    await this.isOn(
      alone ? 'Which details should we use for your account?' : 'How can we contact the accountable person?',
    )
    await this.enter('Email address', person.email)
    await this.enter('Telephone number', person.telephone)
    await this.send()
  }

  /**
   * Adds all users of an organisation. The first user is the accountable person, whose details are already filled in.
   */
  async addUsers([first, ...others]: Person[]): Promise<void> {
    if (!first) return
    await this.beginTask('Users who need accounts')
    await this.isOn('Does the accountable person need an account?')
    await this.choose('Does the accountable person need an account?', 'Yes')
    await this.send()
    await this.isOn('Add a user')
    await expect(this.page.getByLabel('First name', { exact: true })).toHaveValue(first.first_name)
    await expect(this.page.getByLabel('Last name', { exact: true })).toHaveValue(first.last_name)
    await expect(this.page.getByLabel('Email address', { exact: true })).toHaveValue(first.email)
    await expect(this.page.getByLabel('Mobile number', { exact: true })).toHaveValue(first.mobile)
    await this.chooseRole(first)
    await this.send()
    await this.isOn('You have added 1 user')
    let added = 1
    for (const person of others) {
      await this.anotherUser('Yes')
      await this.addUser(person)
      added += 1
      await this.isOn(`You have added ${added} users`)
    }
    await this.anotherUser('No')
  }

  async anotherUser(answer: 'Yes' | 'No'): Promise<void> {
    await this.choose('Do you want to add another user?', answer)
    await this.send('Continue')
  }

  async addUser(person: Person): Promise<void> {
    await this.isOn('Add a user')
    await this.enterUser(person)
    await this.send()
  }

  async enterUser(person: Person): Promise<void> {
    await this.enter('First name', person.first_name)
    await this.enter('Last name', person.last_name)
    await this.enter('Email address', person.email)
    await this.enter('Mobile number', person.mobile)
    await this.chooseRole(person)
  }

  private async chooseRole(person: Person): Promise<void> {
    await this.choose('Role', roles[person.role])
    await this.choose('Is this user an organisation administrator?', person.administrator ? 'Yes' : 'No')
  }

  /**
   * Confirms the only account of a one-person organisation; expects that the mobile number given before is filled in.
   */
  async confirmOneUser(person: Person): Promise<void> {
    await this.beginTask('Your account')
    await this.isOn('What is your mobile number?')
    await expect(this.page.getByLabel('What is your mobile number?')).toHaveValue(person.mobile)
    await this.send()
  }

  async sign(signature: { full_name: string; capacity: string }): Promise<void> {
    await this.beginTask('Terms and Conditions')
    await this.isOn('Accept the Terms and Conditions')
    await this.enter('Your full name', signature.full_name)
    await this.enter('Your role', signature.capacity)
    await this.page.getByLabel(/^I have the authority to accept/).check()
    await this.send()
  }

  async checkAnswers(): Promise<void> {
    await this.beginTask('Check your answers and submit')
    await this.isOn('Check your answers before you submit your registration')
  }

  /** Submits the registration; returns the reference on the confirmation. */
  async submit(): Promise<string> {
    await this.send('Submit registration')
    await this.isOn('Registration submitted')
    return this.reference()
  }

  async reference(): Promise<string> {
    return (await this.page.getByText(/^CP-[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? ''
  }

  /** Registers an organisation from the start page to the confirmation; returns the reference. */
  async register(registration: Registration): Promise<string> {
    await this.start()
    await this.answerOrganisation(registration.organisation)
    await this.answerAccountablePerson(registration.accountable_person, isOnePerson(registration))
    if (isOnePerson(registration)) {
      await this.confirmOneUser(registration.people[0]!)
    } else {
      await this.addUsers(registration.people)
    }
    await this.sign(registration.signature)
    await this.checkAnswers()
    for (const person of registration.people) {
      await expect(this.page.getByRole('main')).toContainText(fullName(person))
    }
    return this.submit()
  }
}
