// Every question page of the service: its fields, what is wrong with some answers, and what is right.
import type { Answers } from './draft.ts'

export interface Field {
  name: string
  label: string
  kind?: 'radios' | 'checkbox'
}

/** The words beside each field that is wrong, by the name of the field, in the order of the page. */
export type Problems = Record<string, string>

export interface Question {
  path: string
  heading: string
  /** What must be answered before this page is asked in this shape. */
  before?: [page: string, answers: Answers][]
  fields: Field[]
  /** What the page says when it is sent empty; nothing where everything is optional. */
  empty?: Problems
  wrong: { answers: Answers; problems: Problems }[]
  right: Answers
  /** The heading of the page that comes after right answers. */
  next: string
}

export const HOSTILE = 'O’Dowd <b>&"</textarea><script>alert(1)</script>'

const firstName: Field = { name: 'first_name', label: 'First name' }
const lastName: Field = { name: 'last_name', label: 'Last name' }
const kindOf = (kind: string): [string, Answers] => ['organisation/kind', { kind }]

export const questions: Question[] = [
  {
    path: '/organisation/kind',
    heading: 'What kind of organisation are you registering?',
    fields: [{ name: 'kind', label: 'What kind of organisation are you registering?', kind: 'radios' }],
    empty: { kind: 'Select what kind of organisation you are registering' },
    wrong: [],
    right: { kind: 'Barristers’ chambers' },
    next: 'What is the name of your organisation?',
  },
  {
    path: '/organisation/name',
    heading: 'What is the name of your organisation?',
    fields: [{ name: 'name', label: 'What is the name of your organisation?' }],
    empty: { name: 'Enter an organisation name' },
    wrong: [
      { answers: { name: '=SUM(A1)' }, problems: { name: 'Organisation name must not begin with =, +, - or @' } },
      { answers: { name: 'a'.repeat(256) }, problems: { name: 'Organisation name must be 255 characters or fewer' } },
    ],
    right: { name: 'Hartwell Crane & Co LLP' },
    next: 'What is the address of your head office?',
  },
  {
    path: '/organisation/address',
    heading: 'What is the address of your head office?',
    fields: [
      { name: 'address_line_1', label: 'Address line 1' },
      { name: 'address_line_2', label: 'Address line 2 (optional)' },
      { name: 'town', label: 'Town or city' },
      { name: 'county', label: 'County (optional)' },
      { name: 'postcode', label: 'Postcode' },
    ],
    empty: {
      address_line_1: 'Enter the first line of the address',
      town: 'Enter the town or city',
      postcode: 'Enter a postcode, like SW1A 1AA',
    },
    wrong: [
      {
        answers: { address_line_1: '51 Assize Street', address_line_2: '', town: 'Worcester', county: '', postcode: 'WR1' },
        problems: { postcode: 'Enter a full UK postcode, like SW1A 1AA' },
      },
      {
        answers: { address_line_1: HOSTILE, address_line_2: '-2', town: '', county: 'Cornwall', postcode: 'QQ1 1AA' },
        problems: {
          address_line_1: 'First line of the address must not include < or >',
          address_line_2: 'Second line of the address must not begin with =, +, - or @',
          town: 'Enter the town or city',
          postcode: 'Enter a real UK postcode, like SW1A 1AA: no UK postcode begins with these letters',
        },
      },
    ],
    right: { address_line_1: '51 Assize Street', address_line_2: '', town: 'Worcester', county: '', postcode: 'wr1-2nd' },
    next: 'How can we contact your organisation?',
  },
  {
    path: '/organisation/contact',
    heading: 'How can we contact your organisation?',
    fields: [
      { name: 'telephone', label: 'Main telephone number' },
      { name: 'email', label: 'Main email address' },
    ],
    empty: {
      telephone: 'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
      email: 'Enter an email address, like name@example.com',
    },
    wrong: [
      {
        answers: { telephone: '4.477E+11', email: 'clerk.org0.example' },
        problems: {
          telephone: 'Excel has shortened this number. Format the column as text and type the number again',
          email: 'Email address must include an @, like name@example.com',
        },
      },
      {
        answers: { telephone: '01632 960 096', email: 'a@org0.example; b@org0.example' },
        problems: { email: 'Enter only one email address, like name@example.com' },
      },
    ],
    right: { telephone: '(01632) 960-096', email: 'clerk@org0.example' },
    next: 'What are your registration numbers?',
  },
  {
    path: '/organisation/registration-numbers',
    heading: 'What are your registration numbers?',
    before: [kindOf('solicitors-firm')],
    fields: [
      { name: 'sra_number', label: 'SRA number' },
      { name: 'laa_account_numbers', label: 'LAA account numbers (optional)' },
    ],
    empty: { sra_number: 'Enter an SRA number, like 123456' },
    wrong: [
      {
        answers: { sra_number: '48 345 2X', laa_account_numbers: '8P795L\n123456' },
        problems: {
          sra_number: 'SRA number must only include the digits 0 to 9, like 123456',
          laa_account_numbers: '123456 looks like an LAA firm number. Enter the account number, like 1A234B',
        },
      },
    ],
    right: { sra_number: '483452', laa_account_numbers: '8P795L\n1A234B' },
    next: 'Your registration',
  },
  {
    path: '/organisation/registration-numbers',
    heading: 'What are your registration numbers?',
    before: [kindOf('barristers-chambers')],
    fields: [
      { name: 'bar_number', label: 'Bar number' },
      { name: 'sra_number', label: 'SRA number' },
      { name: 'laa_account_numbers', label: 'LAA account numbers' },
    ],
    empty: { bar_number: 'Enter a Bar number, an SRA number or an LAA account number' },
    wrong: [
      {
        answers: { bar_number: '4154!', sra_number: '', laa_account_numbers: HOSTILE.slice('O’Dowd '.length) },
        problems: {
          bar_number: 'Bar number must only include letters a to z and numbers, like 12345',
          laa_account_numbers: '“<b>&"</textarea><scr…” must be a number, a letter, 3 numbers and a letter, like 1A234B',
        },
      },
    ],
    right: { bar_number: '', sra_number: '', laa_account_numbers: '8p795l' },
    next: 'Your registration',
  },
  {
    path: '/organisation/registration-numbers',
    heading: 'What are your registration numbers?',
    before: [kindOf('self-employed-barrister')],
    fields: [
      { name: 'bar_number', label: 'Bar number' },
      { name: 'laa_account_numbers', label: 'LAA account numbers (optional)' },
    ],
    empty: { bar_number: 'Enter a Bar number, like 12345' },
    wrong: [],
    right: { bar_number: '41542', laa_account_numbers: '' },
    next: 'Your registration',
  },
  {
    path: '/organisation/registration-numbers',
    heading: 'What are your registration numbers?',
    before: [kindOf('other')],
    fields: [
      { name: 'bar_number', label: 'Bar number (optional)' },
      { name: 'sra_number', label: 'SRA number (optional)' },
      { name: 'laa_account_numbers', label: 'LAA account numbers (optional)' },
    ],
    wrong: [
      {
        answers: { bar_number: '', sra_number: 'SRA', laa_account_numbers: '' },
        problems: { sra_number: 'SRA number must only include the digits 0 to 9, like 123456' },
      },
    ],
    right: { bar_number: '', sra_number: '', laa_account_numbers: '' },
    next: 'Your registration',
  },
  {
    path: '/organisation/first-hearing',
    heading: 'Do you have a hearing soon? (optional)',
    fields: [
      { name: 'court', label: 'Name of the court (optional)' },
      { name: 'hearing-day', label: 'Day' },
      { name: 'hearing-month', label: 'Month' },
      { name: 'hearing-year', label: 'Year' },
    ],
    wrong: [
      {
        answers: { court: '@Leeds', 'hearing-day': '31', 'hearing-month': '2', 'hearing-year': '2080' },
        problems: {
          court: 'Name of the court must not begin with =, +, - or @',
          'hearing-day': 'The date of the hearing must be a real date, like 27 3 2027',
        },
      },
      {
        answers: { court: '', 'hearing-day': '31', 'hearing-month': '', 'hearing-year': '2080' },
        problems: { 'hearing-month': 'The date of the hearing must include a month' },
      },
      {
        answers: { court: '', 'hearing-day': '31', 'hearing-month': 'January', 'hearing-year': '2020' },
        problems: { 'hearing-day': 'The date of the hearing must be today or in the future' },
      },
    ],
    right: { court: 'Leeds Magistrates’ Court', 'hearing-day': '27', 'hearing-month': 'mar', 'hearing-year': '2080' },
    next: 'Your registration',
  },
  {
    path: '/accountable-person/name',
    heading: 'Who is the accountable person?',
    fields: [firstName, lastName, { name: 'job_title', label: 'Job title' }],
    empty: { first_name: 'Enter a first name', last_name: 'Enter a last name', job_title: 'Enter a job title' },
    wrong: [
      {
        answers: { first_name: 'https://www.example.com', last_name: 'a'.repeat(101), job_title: '+1' },
        problems: {
          first_name: 'First name must not include a web address, like www.example.com',
          last_name: 'Last name must be 100 characters or fewer',
          job_title: 'Job title must not begin with =, +, - or @',
        },
      },
    ],
    right: { first_name: 'Zoë', last_name: HOSTILE, job_title: 'Senior clerk' },
    next: 'How can we contact the accountable person?',
  },
  {
    path: '/accountable-person/contact',
    heading: 'How can we contact the accountable person?',
    fields: [
      { name: 'email', label: 'Email address' },
      { name: 'telephone', label: 'Telephone number' },
    ],
    empty: {
      email: 'Enter an email address, like name@example.com',
      telephone: 'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
    },
    wrong: [
      {
        answers: { email: HOSTILE, telephone: '01632' },
        problems: {
          email: 'Enter only one email address, like name@example.com',
          telephone: 'Enter the whole phone number with its area code, like 01632 960 001: some digits are missing',
        },
      },
    ],
    right: { email: 'zoe@org0.example', telephone: '+44 7700 900778' },
    next: 'Your registration',
  },
  {
    path: '/users/first',
    heading: 'Does the accountable person need an account?',
    fields: [{ name: 'needs_account', label: 'Does the accountable person need an account?', kind: 'radios' }],
    empty: { needs_account: 'Select yes if the accountable person needs an account' },
    wrong: [],
    right: { needs_account: 'No' },
    next: 'Add a user',
  },
  {
    path: '/users/mobile',
    heading: 'What is the barrister’s mobile number?',
    before: [kindOf('self-employed-barrister')],
    fields: [{ name: 'mobile', label: 'What is the barrister’s mobile number?' }],
    empty: { mobile: 'Enter a mobile number, like 07700 900 982' },
    wrong: [
      {
        answers: { mobile: '01632 960 096' },
        problems: { mobile: 'Enter a mobile number that begins with 07, like 07700 900 982, not a landline' },
      },
    ],
    right: { mobile: '7700 900431' },
    next: 'Your registration',
  },
  {
    path: '/sign',
    heading: 'Accept the Terms and Conditions',
    fields: [
      { name: 'full_name', label: 'Your full name' },
      { name: 'capacity', label: 'The capacity in which you sign' },
      {
        name: 'authority',
        label: 'I have the authority to accept these Terms and Conditions for my organisation, and I accept them',
        kind: 'checkbox',
      },
    ],
    empty: {
      full_name: 'Enter your full name',
      capacity: 'Enter the capacity in which you sign, like Accountable person or Partner',
      authority: 'Confirm that you have the authority to accept the Terms and Conditions',
    },
    wrong: [
      {
        answers: { full_name: '@Yusuf', capacity: 'Partner', authority: 'yes' },
        problems: { full_name: 'Full name must not begin with =, +, - or @' },
      },
    ],
    right: { full_name: 'Yusuf Ní-Dhomhnaill', capacity: 'Partner', authority: 'yes' },
    next: 'Your registration',
  },
]

/** The page to add a user: what is wrong in it is shown on the page to change the user. */
export const userFields: Field[] = [
  firstName,
  lastName,
  { name: 'email', label: 'Email address' },
  { name: 'mobile', label: 'Mobile number' },
  { name: 'role', label: 'Role', kind: 'radios' },
  { name: 'administrator', label: 'Is this user an organisation administrator?', kind: 'radios' },
]
