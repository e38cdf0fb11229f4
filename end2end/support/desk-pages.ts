// The desk's pages in the states that tests visit: the pages for signing in and for managing officers, and the pages in
// the desk's menu.
import { added, signedIn, type OfficerRole } from './officers.ts'
import type { Journey } from './journey.ts'
import type { Server } from './server.ts'
import type { State } from './state.ts'

const openAs =
  (role: OfficerRole, path: string) =>
  async (journey: Journey, _: unknown, server: Server): Promise<void> => {
    await signedIn(journey.page, server, role)
    await journey.open(path)
  }

/** Opens a page and presses one of its buttons without filling in the form. */
const sendAs =
  (role: OfficerRole, path: string, button: string) =>
  async (journey: Journey, _: unknown, server: Server): Promise<void> => {
    await openAs(role, path)(journey, _, server)
    await journey.button(button).click()
    await journey.page.waitForLoadState('load')
  }

/** Opens a new set-up link and sends this password; a valid password leads to the second factor. */
const joining =
  (password: string) =>
  async (journey: Journey, _: unknown, server: Server): Promise<void> => {
    const { link } = await added(server, 'officer')
    await journey.open(link)
    await journey.button('Set up my account').click()
    await journey.enter('New password', password)
    await journey.button('Continue').click()
    await journey.page.waitForLoadState('load')
  }

/** Opens the page of a new officer, or the page below it with this path. */
const ofPerson =
  (below: string) =>
  async (journey: Journey, _: unknown, server: Server): Promise<void> => {
    const { email } = await added(server, 'officer')
    await openAs('administrator', '/desk/people')(journey, _, server)
    const link = journey.page.getByRole('row', { name: email }).getByRole('link')
    await journey.open(((await link.getAttribute('href')) ?? '') + below)
  }

export const deskStates: State[] = [
  { what: 'the desk’s sign-in', show: (journey) => journey.open('/desk/sign-in') },
  {
    what: 'the desk’s sign-in, in error',
    show: async (journey) => {
      await journey.open('/desk/sign-in')
      await journey.button('Continue').click()
      await journey.page.waitForLoadState('load')
    },
  },
  {
    what: 'the code of the desk’s sign-in, in error',
    show: async (journey, _, server) => {
      const { email, password } = await signedIn(journey.page, server, 'officer')
      await journey.page.context().clearCookies()
      await journey.open('/desk/sign-in')
      await journey.enter('Email address', email)
      await journey.enter('Password', password)
      await journey.button('Continue').click()
      await journey.enter('Code', '000000')
      await journey.button('Sign in').click()
      await journey.page.waitForLoadState('load')
    },
  },
  { what: 'a link to the desk', show: async (journey, _, server) => journey.open((await added(server, 'officer')).link) },
  { what: 'a link to the desk that is over', show: (journey) => journey.open('/desk/join'), status: 410 },
  { what: 'choosing a password, in error', show: joining('short') },
  { what: 'the second step', show: joining('walnut harbour seven') },
  {
    what: 'the recovery codes',
    show: async (journey, _, server) => {
      const { password, recoveryCodes } = await signedIn(journey.page, server, 'officer')
      await journey.open('/desk/account/recovery-codes')
      await journey.enter('Current password', password)
      await journey.enter('Code', recoveryCodes[0] ?? '')
      await journey.button('Make new codes').click()
      await journey.isOn('Your new recovery codes')
    },
  },
  { what: 'an account at the desk', show: openAs('officer', '/desk/account') },
  {
    what: 'confirming a change of an account, in error',
    show: async (journey, _, server) => {
      await signedIn(journey.page, server, 'officer')
      await journey.open('/desk/account')
      await journey.page.evaluate(() => {
        const form = document.createElement('form')
        form.method = 'post'
        form.action = '/desk/account/sessions'
        form.innerHTML = '<input name="others" value="yes"><input name="confirming" value="yes">'
        document.body.append(form)
        form.submit()
      })
      await journey.isOn('Sign out everywhere else?')
    },
  },
  { what: 'keyboard shortcuts', show: openAs('administrator', '/desk/shortcuts') },
  { what: 'changing a password, in error', show: sendAs('officer', '/desk/account/password', 'Change password') },
  { what: 'another authenticator app, in error', show: sendAs('officer', '/desk/account/authenticator', 'Set up this app') },
  { what: 'adding a passkey', show: openAs('officer', '/desk/account/passkeys') },
  { what: 'still signed in', show: openAs('officer', '/desk/stay') },
  { what: 'signed out of the desk', show: (journey) => journey.open('/desk/sign-out') },
  { what: 'a role that does not allow it', show: openAs('officer', '/desk/people'), status: 403 },
  { what: 'the people of the desk', show: openAs('administrator', '/desk/people') },
  { what: 'adding somebody to the desk, in error', show: sendAs('administrator', '/desk/people/add', 'Add and send a link') },
  { what: 'somebody of the desk', show: ofPerson('') },
  { what: 'a new link for somebody', show: ofPerson('/link') },
  { what: 'the end of an access', show: ofPerson('/end') },
  { what: 'the desk’s queue', show: openAs('officer', '/desk/queue') },
  { what: 'messages that could not be sent', show: openAs('officer', '/desk/messages') },
  { what: 'the figures of the desk', show: openAs('auditor', '/desk/figures') },
  { what: 'the figures of the desk, in error', show: openAs('auditor', '/desk/figures?from=soon&to=30/2/2026') },
  { what: 'the audit', show: openAs('auditor', '/desk/audit') },
  { what: 'the audit, in error', show: openAs('auditor', '/desk/audit?from=soon') },
  { what: 'the settings of the desk', show: openAs('administrator', '/desk/settings') },
  { what: 'the people of the desk, to be read', show: openAs('auditor', '/desk/people') },
  { what: 'the settings of the desk, to be read', show: openAs('auditor', '/desk/settings') },
  { what: 'forms taken in, to be read', show: openAs('auditor', '/desk/take-in') },
  { what: 'results, to be read', show: openAs('auditor', '/desk/set-up/results') },
]
