// The nine test registrations: invented organisations, with their answers as people type them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Kind = 'solicitors-firm' | 'barristers-chambers' | 'self-employed-barrister' | 'other'
export type Role = 'defence-lawyer' | 'advocate' | 'chambers-admin' | 'chambers-clerk'

export interface Organisation {
  kind: Kind
  name: string
  address_line_1: string
  address_line_2: string
  town: string
  county: string
  postcode: string
  telephone: string
  email: string
  laa_account_numbers: string[]
  sra_number: string
  bar_number: string
}

export interface AccountablePerson {
  first_name: string
  last_name: string
  job_title: string
  email: string
  telephone: string
}

export interface Person {
  first_name: string
  last_name: string
  email: string
  mobile: string
  role: Role
  administrator: boolean
}

export interface Registration {
  organisation: Organisation
  accountable_person: AccountablePerson
  people: Person[]
  signature: { full_name: string; capacity: string }
}

export const kinds: Record<Kind, string> = {
  'solicitors-firm': 'Solicitors’ firm',
  'barristers-chambers': 'Barristers’ chambers',
  'self-employed-barrister': 'Self-employed barrister',
  other: 'Another kind of organisation',
}

export const roles: Record<Role, string> = {
  'defence-lawyer': 'Defence lawyer',
  advocate: 'Advocate',
  'chambers-admin': 'Chambers admin',
  'chambers-clerk': 'Chambers clerk',
}

export const registrations: Registration[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../data/registrations.json'), 'utf8'),
)

/** Returns the first test registration of this kind of organisation. */
function firstOf(kind: Kind): Registration {
  const found = registrations.find((registration) => registration.organisation.kind === kind)
  if (!found) throw new Error(`No registration of the kind ${kind}`)
  return found
}

export const firm = firstOf('solicitors-firm')
export const chambers = firstOf('barristers-chambers')
export const barrister = firstOf('self-employed-barrister')

export const isOnePerson = ({ organisation }: Registration) => organisation.kind === 'self-employed-barrister'

export const fullName = ({ first_name, last_name }: { first_name: string; last_name: string }) =>
  `${first_name} ${last_name}`

/** Returns an ordinary user. Users differ only by their number, and user 1 is the administrator. */
export const userNumber = (number: number): Person => ({
  first_name: 'Wen',
  last_name: `Number ${number}`,
  email: `user${number}@org0.example`,
  mobile: '07700 900425',
  role: 'defence-lawyer',
  administrator: number === 1,
})

/** Returns a postcode as the service stores it. */
export const tidied = (postcode: string) =>
  postcode.replace(/\s/g, '').toUpperCase().replace(/(...)$/, ' $1')

/** Returns the expected output of `registration show --json` for a submitted registration. */
export function kept({ organisation, accountable_person, people, signature }: Registration): Record<string, unknown> {
  const orNothing = (text: string) => text || null
  return {
    organisation: {
      ...organisation,
      address_line_2: orNothing(organisation.address_line_2),
      county: orNothing(organisation.county),
      sra_number: orNothing(organisation.sra_number),
      bar_number: orNothing(organisation.bar_number),
      postcode: tidied(organisation.postcode),
      first_court: null,
      first_hearing: null,
      telephone_e164: e164(organisation.telephone),
    },
    accountable_person: { ...accountable_person, telephone_e164: e164(accountable_person.telephone) },
    people: people.map((person) => ({ ...person, mobile_e164: e164(person.mobile) })),
    signature: { ...signature, terms_version: '29 September 2020' },
  }
}

const e164 = (number: string) => number.replace(/\s/g, '').replace(/^0/, '+44')
