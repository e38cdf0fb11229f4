// `npm run screenshots`: takes screenshots of all pages for people to look at, in target/end2end/screens/.
import config from './playwright.config.ts'
import { defineConfig } from '@playwright/test'

const all = config.projects ?? []

export default defineConfig(config, {
  testDir: 'screenshots',
  reporter: 'list',
  projects: all.filter(({ name }) => name === 'html-alone').map((project) => ({ ...project, testMatch: /\.ts$/ })),
})
