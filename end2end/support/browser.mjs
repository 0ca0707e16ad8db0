// The browser of the tests: Debian's Chromium, driven by playwright-core, watched by a guard that notes whatever a
// visitor must never meet: errors in the console, breaches of the content security policy, requests to other places,
// faults of the server.
import { existsSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { chromium } from 'playwright-core'

/** No test waits longer for anything. */
export const PATIENCE = Number(process.env.PATIENCE ?? 15_000)

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function chromiumPath() {
  const usual = process.env.CHROMIUM ?? '/usr/bin/chromium'
  return existsSync(usual) ? usual : execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim()
}

export function launch() {
  return chromium.launch({ executablePath: chromiumPath(), args: ARGUMENTS })
}

/** How much of a page's programs a visitor's browser runs. */
export const MODES = {
  'script off': { options: { javaScriptEnabled: false } },
  'script on': {},
  'wasm blocked': { block: '**/*.wasm' },
  // The server's page as it is, and yet open to tools that need script themselves.
  'own script blocked': { block: '**/assets/*.js' },
}

/** A visitor's window on the portal, and the guard's notes about it. `others` are the places where it may go besides. */
export async function openWindow(browser, base, mode = 'script on', options = {}, others = []) {
  const { block, options: more } = MODES[mode]
  const context = await browser.newContext({ baseURL: base, locale: 'sv-SE', viewport: { width: 1280, height: 900 }, ...more, ...options })
  context.setDefaultTimeout(PATIENCE)
  if (block) await context.route(block, (route) => route.abort())
  const notes = []
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol !== 'data:' && ![new URL(base).origin, ...others].includes(origin)) notes.push(`left the portal: ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) notes.push(`fault ${response.status()}: ${response.url()}`)
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => notes.push(`script: ${error.message}`))
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || isOurDoing(message, block)) return
    notes.push(`console: ${message.text()} (${message.location().url})`)
  })
  return { context, page, notes }
}

/**
 * Chromium writes a line about every page that answers above 399 (what it answered is noted by itself), and about every
 * file that the test holds back.
 */
function isOurDoing(message, block) {
  const text = message.text()
  if (/^Failed to load resource: the server responded with a status of [45]\d\d/.test(text)) {
    return !new URL(message.location().url).pathname.startsWith('/assets/')
  }
  return Boolean(block) && (/ERR_FAILED/.test(text) || /works without its islands/.test(text))
}

/** The words on a page as a reader sees them, white space folded. */
export async function words(locator) {
  return fold(await locator.innerText())
}

export function fold(text) {
  return text.replaceAll(/\s+/g, ' ').trim()
}
