// Signs officers in by writing to the database, without the sign-in pages, which have their own tests.
import { createHash, randomBytes } from 'node:crypto'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Journey } from './journey.ts'
import type { Server } from './server.ts'

export type OfficerRole = 'officer' | 'senior-officer' | 'auditor' | 'administrator'

// Uses Python because its standard library includes SQLite, and every machine that runs these tests has Python.
const SIGN_IN = `
import sqlite3, sys, time
database, officer, name, role, token_hash = sys.argv[1:]
now = int(time.time() * 1000)
with sqlite3.connect(database, timeout=10) as connection:
    connection.execute("insert into officer (id, name, email, mailbox, role, created_at) values (?, ?, ?, ?, ?, ?)",
        (officer, name, officer + "@desk.example", officer + "@desk.example", role, now))
    connection.execute("insert into officer_session (token_hash, id, officer_id, begun_at, used_at) values (?, ?, ?, ?, ?)",
        (token_hash, officer, officer, now, now))
`

/** Signs in a new officer in the journey's browser; returns the officer's name. */
export async function signedIn(journey: Journey, server: Server, role: OfficerRole): Promise<string> {
  const officer = randomBytes(16).toString('hex')
  const name = `Officer ${officer.slice(0, 6)}`
  const token = randomBytes(32).toString('hex')
  const hash = createHash('sha256').update(token).digest('hex')
  await promisify(execFile)('python3', ['-c', SIGN_IN, server.database, officer, name, role, hash])
  await journey.page.context().addCookies([{ name: 'desk', value: token, url: server.address, httpOnly: true, sameSite: 'Lax' }])
  return name
}
