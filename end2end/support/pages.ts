// Every page of the service in each of its states, for tests that cover all pages.
import { request, type APIResponse } from '@playwright/test'
import { Draft } from './draft.ts'
import type { Journey } from './journey.ts'
import { Server } from './server.ts'
import type { State } from './state.ts'
import { deskStates } from './desk-pages.ts'
import { barrister, firm } from './registrations.ts'
import { newAddress, wayIn } from './mail.ts'
import { questions, HOSTILE } from './questions.ts'
import { csv } from './spreadsheets.ts'

const open = (path: string) => async (journey: Journey) => journey.open(path)

/** Opens the page to change or remove the first user of the list. */
async function openUser(journey: Journey, action: 'Change' | 'Remove'): Promise<void> {
  await journey.open('/users')
  const link = journey.page.getByRole('table').getByRole('link', { name: new RegExp(`^${action}`) }).first()
  await journey.open((await link.getAttribute('href')) ?? '')
}

const LONG = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'

/** A registration with very long words, to test that the pages fit on a narrow screen. */
const long = {
  ...firm,
  organisation: { ...firm.organisation, name: `${LONG}${LONG}`, email: `${LONG}@${LONG}.example`, town: LONG },
  people: firm.people.map((person) => ({ ...person, last_name: LONG, email: `${person.first_name.toLowerCase()}@${LONG}.example` })),
}

const questionStates: State[] = questions.flatMap(({ path, before = [], empty, wrong }): State[] => {
  const what = `${path}${before.map(([, { kind }]) => ` of a ${kind}`).join('')}`
  const answerBefore = async (draft: Draft) => {
    for (const [page, answers] of before) await draft.answer(page, answers)
  }
  const states: State[] = [
    {
      what: `${what}, empty`,
      show: async (journey, draft) => {
        await answerBefore(draft)
        await journey.open(path)
      },
    },
  ]
  const answers = wrong.at(-1)?.answers ?? (empty && {})
  if (answers) {
    states.push({
      what: `${what}, in error`,
      show: async (journey, draft) => {
        await answerBefore(draft)
        await draft.answer(path.slice(1), path === '/sign' ? { ...answers, terms_version: '29 September 2020' } : answers)
        await journey.open(path)
      },
    })
  }
  return states
})

const filled = (path: string): State => ({
  what: `${path}, filled`,
  show: async (journey, draft) => {
    await draft.fill(long)
    await journey.open(path)
  },
})

const submitted = (path: string): State => ({
  what: `${path}, after submitting`,
  show: async (journey, draft) => {
    await draft.fill(long)
    await draft.answer('submit', {})
    await journey.open(path)
  },
})

/** Uploads this text as a file and opens a page of the import. */
const uploaded = (what: string, text: string, path: string): State => ({
  what: `${path}, ${what}`,
  show: async (journey, draft) => {
    await draft.addUser({ ...firm.people[0]!, email: 'listed@org0.example' })
    await draft.upload(csv(text, `${LONG}.csv`))
    await journey.open(path)
  },
})

const HEADINGS = 'First name,Last name,Email,Mobile,Role,Administrator'
const right = `Priya,${LONG},${LONG}@${LONG}.example,7700 900673,barrister,y`
const wrong = [
  `${LONG},Williams,${LONG},0770,${LONG},perhaps`,
  `Wen,Williams,listed@org0.example,07700 900425,${LONG},perhaps`,
  `"<b>=1",,"${HOSTILE.replaceAll('"', '""')}",,,`,
]
const withProblems = [HEADINGS, right, ...wrong].join('\n')
const strange = `Wer,${LONG},Handy\nPriya Iyer,priya@${LONG}.example,07700 900673\n`

const spreadsheetStates: State[] = [
  { what: '/users/upload, empty', show: open('/users/upload') },
  { what: '/users/upload, not answered', show: open('/users/upload?unanswered=yes') },
  uploaded('refused', '', '/users/upload?refused=yes'),
  uploaded('something waits', withProblems, '/users/upload'),
  uploaded('brings rows back', withProblems, '/users/upload?rows=put-right'),
  uploaded('asked', strange, '/users/upload/columns'),
  {
    what: '/users/upload/columns, in error',
    show: async (journey, draft) => {
      await draft.upload(csv(strange))
      await draft.answer('users/upload/columns', { 'column-0': 'full_name' })
      await journey.open('/users/upload/columns')
    },
  },
  uploaded('with problems', withProblems, '/users/upload/review'),
  uploaded('without problems', `${HEADINGS}\n${right}`, '/users/upload/review'),
  uploaded('filled', withProblems, '/users/upload/ready'),
  uploaded('empty', withProblems, '/users/upload/left-out'),
  uploaded('filled', withProblems, '/users/upload/notes'),
  uploaded('asked', withProblems, '/users/upload/add'),
  uploaded('asked', withProblems, '/users/upload/discard'),
  uploaded('a spreadsheet waits', withProblems, '/users'),
  uploaded('a spreadsheet waits', withProblems, '/check-answers'),
]

/** The state of a page that needs a draft but no particular answers. */
const begun = (path: string): State => ({
  what: path,
  show: async (journey, draft) => {
    await draft.answer('organisation/kind', { kind: 'other' })
    await journey.open(path)
  },
})

/** The state of a page after its form was sent with a wrong answer. */
const sentWrong = ({ what, show }: State, label: string, answer: string, button: string): State => ({
  what: `${what}, in error`,
  show: async (journey, draft, server) => {
    await show(journey, draft, server)
    await journey.enter(label, answer)
    await journey.button(button).click()
    await journey.page.getByRole('alert').waitFor()
  },
})

const code: State = { what: '/return/code', show: open('/return/code?request=none') }

const comingBack: State[] = [
  begun('/save'),
  begun('/email-language'),
  begun('/save/share'),
  begun('/save/shared'),
  begun('/save/throw-away'),
  begun('/sign-out'),
  { what: '/sign-out, signed out', show: open('/sign-out') },
  sentWrong(begun('/save'), 'Your email address', HOSTILE, 'Send the email'),
  { what: '/thrown-away', show: open('/thrown-away') },
  { what: '/return', show: open('/return') },
  code,
  sentWrong(code, 'Code', HOSTILE, 'Continue'),
  {
    what: '/save, saved',
    show: async (journey, draft) => {
      await draft.answer('organisation/kind', { kind: 'other' })
      const address = newAddress()
      await journey.open('/save')
      await journey.enter('Your email address', address)
      await journey.button('Send the email').click()
      await journey.isOn('Check your email')
      await journey.open((await wayIn(journey.page.request, address)).link)
      await journey.button('Open my registration').click()
      await journey.isOn('Your registration')
      await journey.open('/save')
    },
  },
  { what: '/return/link', show: open(`/return/link/${'ab'.repeat(32)}`) },
  { what: 'a link that does not work', show: open('/return/link'), status: 410 },
  {
    what: 'too many messages',
    show: async (journey) => {
      const address = newAddress()
      for (let asked = 0; asked < 5; asked++) await journey.page.request.post('/return', { form: { email: address }, maxRedirects: 0 })
      await journey.open('/return')
      await journey.enter('Your email address', address)
      await journey.button('Send the email').click()
      await journey.isOn('You have asked for too many emails')
    },
    status: 429,
  },
]

/** Fills in and submits a registration; returns the reference. */
async function submit(journey: Journey, draft: Draft): Promise<string> {
  await draft.fill(long)
  await draft.answer('submit', {})
  await journey.open('/submitted')
  return (await journey.page.getByRole('main').getByText(/^CP-/).textContent()) ?? ''
}

/** The state of a page after an officer has acted on the registration. */
const afterDesk = (what: string, path: string, ...deeds: string[][]): State => ({
  what: `${path}, ${what}`,
  show: async (journey, draft, server) => {
    const reference = await submit(journey, draft)
    for (const [deed = '', ...options] of deeds) await server.desk(deed, reference, ...options)
    await journey.open(path)
  },
})

const asked = ['ask', '--question', `name=${LONG}?`, '--question', 'sra-number=Which office is this?']

const status: State[] = [
  { what: '/status of nobody', show: open('/status') },
  { what: 'the link of a registration', show: open(`/status/link/${'0'.repeat(64)}`) },
  { what: 'a broken link of a registration', show: open('/status/link/12'), status: 410 },
  afterDesk('received', '/status'),
  afterDesk('asked for more', '/status', asked),
  afterDesk('asked for more', '/tasks', asked),
  afterDesk('asked for more', '/organisation/registration-numbers', asked),
  afterDesk('approved', '/status', ['approve']),
  afterDesk('accounts being set up', '/status', ['approve'], ['accounts', '--state', 'sent']),
  afterDesk('not approved', '/status', ['refuse', '--reason', 'other', '--words', LONG]),
  afterDesk('received', '/status/withdraw'),
  afterDesk('received', '/status/address'),
  sentWrong(afterDesk('received', '/status/address'), 'Your email address', HOSTILE, 'Send the email'),
  {
    what: '/check-answers, with what has changed',
    show: async (journey, draft, server) => {
      const reference = await submit(journey, draft)
      await server.desk('ask', reference, '--question', 'name=Is it a partnership?')
      await draft.answer('organisation/name', { name: 'Changed' })
      await draft.addUser({ ...firm.people[0]!, email: 'new@org0.example' })
      await journey.open('/check-answers')
    },
  },
]

/** A response of the service, stored until a test shows it. */
interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

const kept = async (response: APIResponse): Promise<Answer> => ({
  status: response.status(),
  headers: response.headers(),
  body: await response.body(),
})

/**
 * The state of an error page that cannot be opened by its URL. The browser opens `path` and receives the service's
 * response to another request. If the page has WebAssembly, `path` must be the page's own path.
 */
const provoked = (what: string, status: number, provoke: (draft: Draft) => Promise<Answer>, path = '/provoked'): State => ({
  what,
  status,
  show: async (journey, draft) => {
    const answer = await provoke(draft)
    if (answer.status !== status) throw new Error(`${what} was answered with ${answer.status}`)
    await journey.page.route(`**${path}`, (route) => route.fulfill(answer))
    await journey.open(path)
  },
})

const FAULT = '/organisation/kind'

/**
 * Returns the error page of a service whose database has lost a table. The function starts a service of its own,
 * because other tests use the shared service.
 */
async function faultPage(): Promise<Answer> {
  const server = await Server.start(`fault-${process.pid}`)
  const requests = await request.newContext()
  try {
    await new Draft(requests, server.address).answer('organisation/kind', { kind: 'other' })
    await server.lose('draft_page')
    return await kept(await requests.get(server.address + FAULT, { headers: { Accept: 'text/html' } }))
  } finally {
    await requests.dispose()
    await server.stop()
  }
}

const errors: State[] = [
  provoked('another site’s form', 403, async (draft) => {
    const headers = { Origin: 'https://other.example', 'Sec-Fetch-Site': 'cross-site' }
    return kept(await draft.post('organisation/name', { name: 'A' }, headers))
  }),
  provoked('too much at once', 413, async (draft) => kept(await draft.post('organisation/name', { name: 'A'.repeat(70_000) }))),
  provoked('a form that cannot be read', 400, async (draft) => kept(await draft.post('users/change', { first_name: 'A' }))),
  provoked('a fault of the service', 500, faultPage, FAULT),
]

const otherFormats: State[] = [
  { what: '/blank-form', show: open('/blank-form') },
  { what: '/other-formats/request', show: open('/other-formats/request') },
  sentWrong({ what: '/other-formats/request', show: open('/other-formats/request') }, 'Email address', HOSTILE, 'Send request'),
  { what: '/other-formats/requested', show: open('/other-formats/requested') },
]

const feedback: State[] = [
  { what: '/feedback', show: open('/feedback') },
  sentWrong({ what: '/feedback', show: open('/feedback') }, 'How could we improve this service? (optional)', HOSTILE, 'Send feedback'),
  { what: '/feedback/sent', show: open('/feedback/sent') },
  begun('/performance'),
]

export const states: State[] = [
  { what: 'start', show: open('/') },
  ...['/terms-and-conditions', '/other-formats', '/help', '/accessibility-statement', '/privacy', '/cookies'].map((path) => ({
    what: path,
    show: open(path),
  })),
  { what: 'not found', show: open('/nowhere'), status: 404 },
  { what: 'tasks, nothing done', show: open('/tasks') },
  {
    what: 'tasks, with problems',
    show: async (journey, draft) => {
      await draft.answer('organisation/kind', { kind: 'other' })
      await draft.answer('accountable-person/name', { first_name: '' })
      await draft.answer('users/add', {})
      await journey.open('/tasks')
    },
  },
  filled('/tasks'),
  {
    what: 'tasks of one person',
    show: async (journey, draft) => {
      await draft.fill(barrister)
      await journey.open('/tasks')
    },
  },
  ...questionStates,
  ...['/organisation/kind', '/organisation/address', '/organisation/contact', '/organisation/registration-numbers', '/organisation/name', '/accountable-person/name', '/accountable-person/contact', '/users/first', '/sign'].map(filled),
  {
    what: 'users/mobile, filled',
    show: async (journey, draft) => {
      await draft.fill(barrister)
      await journey.open('/users/mobile')
    },
  },
  { what: '/users, empty', show: open('/users') },
  filled('/users'),
  {
    what: '/users, not answered',
    show: async (journey, draft) => {
      await draft.addUser(firm.people[0]!)
      await journey.open('/users')
      await journey.send('Continue')
    },
  },
  {
    what: '/users, several pages, searched',
    show: async (journey, draft) => {
      for (let number = 0; number < 12; number++) {
        await draft.addUser({ ...firm.people[0]!, last_name: LONG, email: `user${number}@org0.example` })
      }
      await draft.answer('users/search', { words: LONG })
      await journey.open('/users')
    },
  },
  { what: '/users/add, empty', show: open('/users/add') },
  ...['/users/add', '/users', '/check-answers'].map((path) => ({
    what: `${path}, a user not finished`,
    show: async (journey: Journey, draft: Draft) => {
      await draft.answer('users/add', { first_name: HOSTILE, email: HOSTILE })
      await journey.open(path)
    },
  })),
  {
    what: 'change a user',
    show: async (journey, draft) => {
      await draft.addUser(long.people[0]!)
      await openUser(journey, 'Change')
    },
  },
  {
    what: 'change a user, in error',
    show: async (journey, draft) => {
      await draft.addUser(long.people[0]!)
      await openUser(journey, 'Change')
      await journey.enter('Email address', HOSTILE)
      await journey.send()
    },
  },
  {
    what: 'remove a user',
    show: async (journey, draft) => {
      await draft.addUser(long.people[0]!)
      await openUser(journey, 'Remove')
    },
  },
  {
    what: 'remove a user, not answered',
    show: async (journey, draft) => {
      await draft.addUser(firm.people[0]!)
      await openUser(journey, 'Remove')
      await journey.send('Continue')
    },
  },
  ...spreadsheetStates,
  { what: 'no such user', show: open('/users/none/change'), status: 404 },
  filled('/check-answers'),
  {
    what: '/check-answers, with problems',
    show: async (journey, draft) => {
      await draft.answer('organisation/kind', { kind: 'solicitors-firm' })
      await draft.answer('organisation/name', { name: HOSTILE })
      await draft.answer('submit', {})
      await journey.open('/check-answers')
    },
  },
  submitted('/submitted'),
  submitted('/submitted/copy'),
  submitted('/already-submitted'),
  { what: 'nothing submitted', show: open('/submitted'), status: 404 },
  { what: 'expired', show: open('/draft-expired'), status: 410 },
  ...comingBack,
  ...status,
  ...otherFormats,
  ...feedback,
  ...errors,
  ...deskStates,
]
