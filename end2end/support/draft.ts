// Fills in a draft with the same requests as a browser but without opening pages, for tests that start in the middle
// of the form.
import type { APIRequestContext, APIResponse } from '@playwright/test'
import { isOnePerson, type Person, type Registration } from './registrations.ts'

export type Answers = Record<string, string>

/** Returns each question page with its answers, in the order of the form. */
export function pagesOf(registration: Registration): [page: string, answers: Answers][] {
  const { organisation, accountable_person, people, signature } = registration
  return [
    ['organisation/kind', { kind: organisation.kind }],
    ['organisation/name', { name: organisation.name }],
    [
      'organisation/address',
      {
        address_line_1: organisation.address_line_1,
        address_line_2: organisation.address_line_2,
        town: organisation.town,
        county: organisation.county,
        postcode: organisation.postcode,
      },
    ],
    ['organisation/contact', { telephone: organisation.telephone, email: organisation.email }],
    [
      'organisation/registration-numbers',
      {
        sra_number: organisation.sra_number,
        bar_number: organisation.bar_number,
        laa_account_numbers: organisation.laa_account_numbers.join('\n'),
      },
    ],
    [
      'accountable-person/name',
      {
        first_name: accountable_person.first_name,
        last_name: accountable_person.last_name,
        job_title: accountable_person.job_title,
      },
    ],
    ['accountable-person/contact', { email: accountable_person.email, telephone: accountable_person.telephone }],
    ...(isOnePerson(registration)
      ? [['users/mobile', { mobile: people[0]?.mobile ?? '' }] as [string, Answers]]
      : people.map((person): [string, Answers] => ['users/add', userAnswers(person)])),
    ['sign', { ...signature, authority: 'yes', terms_version: '29 September 2020' }],
  ]
}

export const userAnswers = (person: Person): Answers => ({
  first_name: person.first_name,
  last_name: person.last_name,
  email: person.email,
  mobile: person.mobile,
  role: person.role,
  administrator: person.administrator ? 'yes' : 'no',
})

export class Draft {
  readonly #request: APIRequestContext
  readonly #address: string

  /**
   * Creates the actions on the draft that the cookies of `request` identify; `page.request` has the cookies of the
   * page.
   */
  constructor(request: APIRequestContext, address: string) {
    this.#request = request
    this.#address = address
  }

  /** Sends the answers of a page as a plain HTML form does; does not follow the redirect. */
  post(page: string, answers: Answers, headers: Record<string, string> = {}): Promise<APIResponse> {
    return this.#request.post(`${this.#address}/api/${page}`, {
      form: answers,
      headers: { Origin: this.#address, Accept: 'text/html', ...headers },
      maxRedirects: 0,
    })
  }

  /** Sends the answers of a page; the answers may be wrong. */
  async answer(page: string, answers: Answers): Promise<void> {
    const response = await this.post(page, answers)
    if (response.status() !== 303) throw new Error(`${page} was answered with ${response.status()}`)
  }

  /** Sends every answer of a registration, but does not submit it. */
  async fill(registration: Registration): Promise<void> {
    for (const [page, answers] of pagesOf(registration)) await this.answer(page, answers)
  }

  /** Uploads a spreadsheet; does not follow the redirect. */
  async upload(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const response = await this.#request.post(`${this.#address}/api/users/upload`, {
      multipart: { file, cells: '' },
      headers: { Origin: this.#address, Accept: 'text/html' },
      maxRedirects: 0,
    })
    if (response.status() !== 303) throw new Error(`the upload was answered with ${response.status()}`)
  }

  async addUser(person: Person): Promise<void> {
    await this.answer('users/add', userAnswers(person))
  }
}
